import { run } from './run';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending.signal.aborted) {
      process.exit(130);
    }
    process.stderr.write(
      'Ending; what was made is being removed. Once more ends at once, and leaves it.\n',
    );
    ending.abort();
  });
}

run(process.argv.slice(2), {
  out: line => process.stdout.write(`${line}\n`),
  err: line => process.stderr.write(`${line}\n`),
  env: process.env,
  signal: ending.signal,
}).then(code => {
  process.exitCode = ending.signal.aborted ? 130 : code;
});
