/** `git@host:path`, as git and Argo CD accept it. */
const SCP = /^(?:[^@/\s]+@)?([^:/@\s]+):(?!\/\/)(.+)$/;

/**
 * The https URL of a repository whose URL may be one of ssh. Without the user
 * and the port of ssh. Undefined for anything that is no URL of a Git host.
 *
 * @internal
 */
export function toWebUrl(repoUrl: string): URL | undefined {
  const scp = URL.canParse(repoUrl) ? null : SCP.exec(repoUrl);
  const text = scp ? `ssh://${scp[1]}/${scp[2]}` : repoUrl;
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    url.username = '';
    url.password = '';
    return url;
  }
  const web = `https://${url.hostname}${url.pathname}`;
  return url.protocol === 'ssh:' && url.hostname && URL.canParse(web)
    ? new URL(web)
    : undefined;
}
