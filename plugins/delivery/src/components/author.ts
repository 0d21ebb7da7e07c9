/**
 * The name in a Git author: `Ada <ada@example.com>` is `Ada`. Without a name it
 * is the address; any other text is only trimmed.
 *
 * @internal
 */
export function authorName(author: string): string {
  const text = author.trim();
  const start = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  if (start < 0) {
    return text;
  }
  return text.slice(0, start).trim() || text.slice(start + 1, -1) || text;
}

/**
 * Whether it is the default author of Argo CD Image Updater (`git.user`).
 *
 * @internal
 */
export function isImageUpdater(name: string): boolean {
  return name === 'argocd-image-updater';
}
