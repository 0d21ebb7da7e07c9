import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TESTING = join(
  dirname(require.resolve('@landfall/testing-kit/package.json')),
  '..',
);

/** The absolute path of a file or folder below `testing/recordings`. */
export function recordingPath(...segments: string[]): string {
  return vendored('recordings', segments);
}

/** The absolute path of a file or folder below `testing/schemas`. */
export function schemaPath(...segments: string[]): string {
  return vendored('schemas', segments);
}

/** The names of the JSON files in a folder of recordings, sorted. */
export function recordedFiles(folder: string): string[] {
  return readdirSync(recordingPath(folder))
    .filter(file => file.endsWith('.json'))
    .sort();
}

/** A recording as text, by its path below `testing/recordings`. */
export function readRecordingText(path: string): string {
  return readFileSync(recordingPath(path), 'utf8');
}

/** A recording as JSON, by its path below `testing/recordings`; parse it before use. */
export function readRecordingJson(path: string): unknown {
  return JSON.parse(readRecordingText(path));
}

function vendored(kind: 'recordings' | 'schemas', segments: string[]): string {
  const path = join(TESTING, kind, ...segments);
  if (!existsSync(path)) {
    throw new Error(
      `${path} is missing; testing/README.md says where it comes from`,
    );
  }
  return path;
}
