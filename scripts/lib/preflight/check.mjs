import { accountChecks } from './account.mjs';
import { capacityChecks } from './capacity.mjs';
import { localChecks } from './local.mjs';
import { failed, ok, runChecks } from './result.mjs';

/**
 * All checks of a deployment's configuration, or as many as can be made: without
 * the command line or credentials there is nothing to ask AWS by.
 */
export async function check(context) {
  const local = await runChecks(localChecks, context);
  if (
    local.some(
      ({ title, status }) =>
        title === 'AWS command line' && status === 'failed',
    )
  ) {
    return local;
  }
  const signIn = await runChecks({ credentials: signedIn }, context);
  if (signIn.some(({ status }) => status !== 'ok')) {
    return [...local, ...signIn];
  }
  const deployed = await deployedStacks(context);
  return [
    ...local,
    ...signIn,
    ...(await runChecks(accountChecks, context)),
    ...(await runChecks(capacityChecks, { ...context, deployed })),
  ];
}

async function signedIn({ config, aws }) {
  let caller;
  try {
    caller = await aws.call('sts', 'get-caller-identity');
  } catch (error) {
    return failed(
      `they can't be used: ${error.message}`,
      'Sign in, such as by `aws sso login`, and give --profile if you use one.',
    );
  }
  return caller.Account === config.account
    ? ok(caller.Arn)
    : failed(
        `they are of the account ${caller.Account}, and the configuration is for ${config.account}`,
        'Sign in to the other account, or change account in the configuration.',
      );
}

/** The deployment's own stacks, if this isn't the first time. */
async function deployedStacks({ config, aws }) {
  const { Stacks: stacks } = await aws.call(
    'cloudformation',
    'describe-stacks',
  );
  return stacks.filter(({ StackName }) =>
    StackName.startsWith(`${config.name}-`),
  );
}
