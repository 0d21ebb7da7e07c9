// Stands for a command of the runbook: `runbookCommand.mjs <command> <arguments>`. What
// can be had offline runs for real, up to its first request to AWS or to Kubernetes;
// that it comes so far shows that it takes these arguments. Each call is appended to
// the file RUNBOOK_CALLS, with `problem` if something is wrong.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const { RUNBOOK_CALLS, RUNBOOK_ROOT, RUNBOOK_TOOLS } = process.env;
const tools = JSON.parse(RUNBOOK_TOOLS);

/** The first words of an answer, for what the runbook does with it. */
const ANSWER = 'c2FtcGxl';

const [, , command, ...args] = process.argv;
const commands = { aws, kubectl, helm, node, npm, yarn };
const problem = await (commands[command] ?? (() => undefined))(args);
appendFileSync(
  RUNBOOK_CALLS,
  `${JSON.stringify({ command, args, problem })}\n`,
);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
}

async function aws(words) {
  // Prints what an operation takes, and refuses unknown options, but asks for nothing.
  if (words.includes('--generate-cli-skeleton')) {
    const { code, output } = await execute(tools.aws, words);
    return code === 0 ? undefined : output;
  }
  return untilRequest(url => [tools.aws, words, { AWS_ENDPOINT_URL: url }]);
}

async function kubectl(words) {
  return untilRequest(url => [tools.kubectl, ['--server', url, ...words], {}]);
}

async function helm(words) {
  const { code, output } = await execute(tools.helm, [...words, '--help']);
  return code === 0 ? undefined : output;
}

/** Our scripts refuse unknown options before they print their help. */
async function node([script, ...words]) {
  if (!existsSync(script)) {
    return `there is no ${script} in ${process.cwd()}`;
  }
  const { code, output } = await execute(process.execPath, [
    join(RUNBOOK_ROOT, script),
    ...words,
    '--help',
  ]);
  const name = script.split('/').pop();
  return code === 0 && output.includes(name)
    ? undefined
    : `${script} ${words.join(' ')}: ${output}`;
}

async function npm([verb, separator, ...stages]) {
  if (verb !== 'test' || separator !== '--') {
    return `npm ${verb} isn't known here`;
  }
  const { output } = await execute(process.execPath, [
    join(RUNBOOK_ROOT, 'scripts/test.mjs'),
    '--help',
  ]);
  const unknown = stages.filter(
    stage => !new RegExp(`^ {2}${stage}\\s`, 'm').test(output),
  );
  return unknown.length > 0 ? `there is no stage ${unknown}` : undefined;
}

async function yarn([verb, ...words]) {
  const { scripts = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (verb === 'install') {
    return undefined;
  }
  if (verb === 'cdk') {
    return cdk(words, scripts);
  }
  if (verb === 'backstage-cli') {
    const { code, output } = await execute(process.execPath, [
      join(RUNBOOK_ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      words[0],
      '--help',
    ]);
    return code === 0 && output.includes(words[0]) ? undefined : output;
  }
  return verb in scripts ? undefined : `package.json has no script ${verb}`;
}

/** CDK ignores unknown options, so they are looked up in what it says of itself. */
async function cdk([verb, ...words], scripts) {
  if (!('cdk' in scripts)) {
    return `there is no CDK in ${process.cwd()}`;
  }
  const config = words.at(words.indexOf('-c') + 1);
  const file = /^config=(.+)$/.exec(config ?? '')?.[1];
  if (!file || !existsSync(file)) {
    return `cdk ${verb} needs -c config=… with a file, not ${config}`;
  }
  const { code, output } = await execute(process.execPath, [
    join(RUNBOOK_ROOT, 'deploy/aws/node_modules/aws-cdk/bin/cdk'),
    verb,
    '--help',
  ]);
  const known = new RegExp(`^cdk ${verb}\\b`, 'm');
  if (code !== 0 || !known.test(output)) {
    return `cdk has no command ${verb}: ${output}`;
  }
  const unknown = words
    .filter(word => word.startsWith('-'))
    .filter(word => !new RegExp(`\\s${word}[,\\s]`).test(output));
  return unknown.length > 0
    ? `cdk ${verb} has no option ${unknown.join(', ')}`
    : undefined;
}

/**
 * Runs a program against a server that refuses everything.
 *
 * @returns what it said, if it has not asked the server for anything
 */
async function untilRequest(program) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end('{"kind":"Status","status":"Failure","code":403}');
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const [path, words, env] = program(
    `http://127.0.0.1:${server.address().port}`,
  );
  const { output } = await execute(path, words, env);
  server.closeAllConnections();
  server.close();
  if (requests === 0) {
    return output || `${command} ${words.join(' ')} has asked nothing`;
  }
  console.log(ANSWER);
  return undefined;
}

async function execute(path, words, env = {}) {
  const child = spawn(path, words, {
    env: { ...process.env, ...env, AWS_MAX_ATTEMPTS: '1', AWS_PAGER: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output };
}
