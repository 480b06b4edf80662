// Calls every kind of method of the world by gRPC, one that is not granted among them: HOST GRPC.
const grpc = require(process.argv[3]);
const bytes = value => value;
const client = new grpc.Client(process.argv[2], grpc.credentials.createSsl(require('fs').readFileSync(process.env.SSL_CERT_FILE)));
const say = (method, text) => new Promise(done => client.makeUnaryRequest(
  '/world.World/' + method, bytes, bytes, Buffer.from(text),
  (failed, answer) => done(failed ? failed.code + ' ' + failed.details : String(answer))));

(async () => {
  console.log(await say('Say', 'hello'));
  console.log('refused', await say('Secret', 'hello'));
  let count = 0;
  await new Promise(done => client.makeServerStreamRequest('/world.World/Count', bytes, bytes, Buffer.from(''))
    .on('data', () => count++).on('end', done));
  console.log('counted', count);
  const chat = client.makeBidiStreamRequest('/world.World/Chat', bytes, bytes);
  for (const word of ['a', 'b', 'c']) {
    chat.write(Buffer.from(word));
    console.log(String(await new Promise(done => chat.once('data', done))));
  }
  await new Promise(done => { chat.on('end', done); chat.end(); });
  const all = await Promise.all(Array.from({length: 200}, (_, n) => say('Say', String(n))));
  console.log('at a time', all.filter((text, n) => text === 'said ' + n).length);
  client.close();
})();
