/**
 * A commit that can't be fetched; the message is worded like that of Argo CD's
 * repo-server.
 */
export class CheckoutError extends Error {
  constructor(sha: string, stderr: string) {
    super(
      `failed to initialize repository resources: rpc error: code = Internal desc = Failed to checkout revision ${sha}: \`git fetch origin ${sha} --tags --force --prune\` failed exit status 128: ${stderr}`,
    );
    this.name = 'CheckoutError';
  }
}
