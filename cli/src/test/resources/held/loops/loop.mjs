// Node and Bun: one thread, which a held connect must not stop.
const timer = setInterval(() => console.log('tick'), 100);
try {
    const answer = await fetch('http://deploy.example/', { signal: AbortSignal.timeout(60000) });
    console.log(answer.status, (await answer.text()).trim());
} catch (e) {
    console.log('failed', String(e.cause ?? e));
}
clearInterval(timer);
