/**
 * Finds settings of Argo CD Image Updater that look right and do nothing.
 *
 * @packageDocumentation
 */
import { run } from './run';

run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdin: process.stdin,
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
}).then(code => {
  process.exitCode = code;
});
