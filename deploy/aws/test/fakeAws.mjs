// Stands in for the AWS command line: answers from the file FAKE_AWS_ANSWERS, and
// appends each call to FAKE_AWS_CALLS. Secrets are kept in the answers' file.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const [service, operation, ...options] = process.argv.slice(2);
if (service === '--version') {
  console.log('aws-cli/2.31.0 Python/3.13.7 Linux/6.1.0');
  process.exit(0);
}
const call = `${service} ${operation}`;
const [, source] = options;
const input = JSON.parse(readFileSync(source.replace('file://', ''), 'utf8'));
appendFileSync(
  process.env.FAKE_AWS_CALLS,
  `${JSON.stringify({ call, input, options })}\n`,
);
const file = process.env.FAKE_AWS_ANSWERS;
const answers = JSON.parse(readFileSync(file, 'utf8'));
if (call === 'secretsmanager put-secret-value') {
  answers['secretsmanager get-secret-value'] = {
    SecretString: input.SecretString,
  };
  writeFileSync(file, JSON.stringify(answers));
} else if (!(call in answers) || 'error' in answers[call]) {
  const code = answers[call]?.error ?? 'AccessDenied';
  console.error(
    `\nAn error occurred (${code}) when calling the ${operation} operation: no`,
  );
  process.exit(254);
} else {
  console.log(JSON.stringify(answers[call]));
}
