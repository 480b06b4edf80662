// Calls that cost money, by the providers' own clients: spend_client.cjs KIND FOLDER; says what came of two of them.
const [kind, folder] = process.argv.slice(2);
const sdk = require(folder);

const calls = {
  alibaba() {
    const client = new sdk({
      accessKeyId: 'id', accessKeySecret: 'secret', apiVersion: '2014-05-26', endpoint: 'https://ecs.cn-hangzhou.aliyuncs.com',
    });
    return () => client.request(
      'ModifyInstanceSpec', { InstanceId: 'i-1', InstanceType: 'ecs.g7.16xlarge' }, { method: 'POST', timeout: 60000 });
  },
  stripe() {
    const client = sdk('sk_live_none', { maxNetworkRetries: 0, timeout: 60000 });
    return () => client.subscriptions.update('sub_1', { items: [{ id: 'si_1', price: 'price_large', quantity: 50 }] });
  },
  aws() {
    const client = new sdk.EC2Client({
      region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    });
    return () => client.send(
      new sdk.RunInstancesCommand({ ImageId: 'ami-1', InstanceType: 't3.micro', MinCount: 1, MaxCount: 2 }));
  },
};

(async () => {
  const call = calls[kind]();
  for (const turn of ['first', 'second']) {
    try {
      console.log(turn, 'worked', JSON.stringify(await call()));
    } catch (error) {
      console.log(turn, 'failed', error.name, error.message, error.$response ? error.$response.statusCode : '');
    }
  }
})();
