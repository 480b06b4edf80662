// Asks for each URL with fetch and with node:https; prints the status and the answer.
import https from 'node:https';

const ask = url => new Promise((resolve, reject) => {
  https.get(url, answer => {
    let text = '';
    answer.on('data', part => { text += part; });
    answer.on('end', () => resolve([answer.statusCode, text]));
  }).on('error', reject);
});

for (const url of process.argv.slice(2)) {
  const answer = await fetch(url);
  console.log(answer.status, await answer.text());
  console.log(...await ask(url));
}
