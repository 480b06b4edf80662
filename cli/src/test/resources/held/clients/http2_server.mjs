// A server of HTTP/2 and of nothing else: KEY CERTIFICATE GRPC, where GRPC is the folder of @grpc/grpc-js or a dash.
// Says "port N" for HTTP and "grpc N" for gRPC, and each request as it comes.
import {createRequire} from 'node:module';
import {createSecureServer} from 'node:http2';
import {readFileSync} from 'node:fs';

const [key, cert] = process.argv.slice(2, 4).map(name => readFileSync(name));
const web = createSecureServer({key, cert});
web.on('request', (request, answer) => {
  console.log(request.method, request.url, 'HTTP/' + request.httpVersion);
  let bytes = 0;
  request.on('data', part => { bytes += part.length; });
  request.on('end', () => answer.end('the world over HTTP/' + request.httpVersion + ', sent ' + bytes + '\n'));
});
web.listen(0, '127.0.0.1', () => console.log('port', web.address().port));

if (process.argv[4] !== '-') {
  const grpc = createRequire(import.meta.url)(process.argv[4]);
  const bytes = value => value;
  const method = (name, requestStream, responseStream) => ({
    path: '/world.World/' + name, requestStream, responseStream,
    requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes,
  });
  const server = new grpc.Server();
  server.addService({
    say: method('Say', false, false), count: method('Count', false, true), chat: method('Chat', true, true),
    secret: method('Secret', false, false),
  }, {
    say: (call, done) => done(null, Buffer.from('said ' + call.request)),
    count: call => {
      for (let n = 0; n < 100; n++) call.write(Buffer.from(String(n)));
      call.end();
    },
    chat: call => {
      call.on('data', part => call.write(Buffer.concat([Buffer.from('you said '), part])));
      call.on('end', () => call.end());
    },
    secret: (call, done) => { console.log('secret was asked for'); done(null, Buffer.from('secret')); },
  });
  const proof = grpc.ServerCredentials.createSsl(null, [{private_key: key, cert_chain: cert}]);
  server.bindAsync('127.0.0.1:0', proof, (failed, port) => console.log('grpc', failed ?? port));
}
