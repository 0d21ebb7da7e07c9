/** A file that a template would write. */
export interface PreviewFile {
  path: string;
  sizeInBytes: number;
  /** Absent: the file is too large, or isn't text. */
  text?: string;
}

const MAX_FILES = 500;
const MAX_TEXT_BYTES = 100_000;
const MAX_TOTAL_BYTES = 2_000_000;

/**
 * Files as a page shows them, by path. The sizes are limited, so that a template
 * with large files can't make the page slow.
 */
export function toPreviewFiles(
  contents: readonly { path: string; base64Content: string }[],
): { files: PreviewFile[]; total?: number } {
  let room = MAX_TOTAL_BYTES;
  const files = contents
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .slice(0, MAX_FILES)
    .map(({ path, base64Content }) => {
      const content = Buffer.from(base64Content, 'base64');
      const sizeInBytes = content.length;
      const text =
        sizeInBytes <= Math.min(MAX_TEXT_BYTES, room)
          ? textOf(content)
          : undefined;
      room -= text === undefined ? 0 : sizeInBytes;
      return {
        path,
        sizeInBytes,
        ...(text !== undefined && { text }),
      };
    });
  return {
    files,
    ...(contents.length > files.length && { total: contents.length }),
  };
}

function textOf(content: Buffer): string | undefined {
  if (content.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
