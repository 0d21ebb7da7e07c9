import { run } from './run';

const send: ((message: object) => boolean) | undefined = process.send;

run(process.argv.slice(2), {
  out: line => process.stdout.write(`${line}\n`),
  err: line => process.stderr.write(`${line}\n`),
  env: process.env,
  ready: send && (message => send.call(process, message)),
}).then(code => {
  process.exitCode = code;
  if (process.connected) {
    // An open channel would keep the process alive.
    process.disconnect?.();
  }
});
