/**
 * One paragraph of Markdown that mentions nobody, closes no issue and links nothing.
 *
 * @internal
 */
export function plain(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/[@#<>[\]`]/g, '\\$&')
      .replace(/:\/\//g, ':\\/\\/')
      .trim()
      // GitLab carries out lines that begin with one.
      .replace(/^\//, '\\/')
  );
}
