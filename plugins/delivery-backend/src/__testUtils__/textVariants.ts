import { createHash } from 'node:crypto';

/** Texts of a given length, each of a different kind. @internal */
const TEXTS: Record<string, (length: number) => string> = {
  repeated: length => 'p'.repeat(length),
  // Indexes compress repeated text, so it fits although it is long.
  incompressible,
  'not ASCII': length => '€ü😀'.repeat(length).slice(0, 3 * (length >> 2)),
  'with characters that no database takes': length =>
    `\0\ud83d${'p'.repeat(length - 2)}`,
};

function incompressible(length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block++) {
    text += createHash('sha256').update(String(block)).digest('base64url');
  }
  return text.slice(0, length);
}

/** A copy of JSON with one of its texts, a value or a key of a map, replaced. @internal */
export interface TextVariant<T> {
  /** The place, and what replaces the text. */
  name: string;
  value: T;
}

/**
 * Copies of a value with one text replaced in each: every text once for each kind
 * of `TEXTS` and each length.
 *
 * @internal
 * @param maps - names of objects in which the keys are outside text, too
 */
export function textVariants<T>(
  value: T,
  options: { lengths: number[]; maps?: string[] },
): TextVariant<T>[] {
  const json = JSON.stringify(value);
  const paths = textPaths(JSON.parse(json), new Set(options.maps));
  return paths.flatMap(path =>
    Object.entries(TEXTS).flatMap(([kind, textOf]) =>
      options.lengths.map(length => {
        const copy = JSON.parse(json);
        replace(copy, path, textOf(length));
        return { name: `${path.at.join('.')}: ${length} ${kind}`, value: copy };
      }),
    ),
  );
}

interface TextPath {
  at: string[];
  isKey: boolean;
}

function textPaths(
  value: unknown,
  maps: ReadonlySet<string>,
  at: string[] = [],
): TextPath[] {
  if (typeof value === 'string') {
    return [{ at, isKey: false }];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, each]) => [
    ...(maps.has(at.at(-1) ?? '') ? [{ at: [...at, key], isKey: true }] : []),
    ...textPaths(each, maps, [...at, key]),
  ]);
}

type Container = Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function replace(root: unknown, { at, isKey }: TextPath, text: string): void {
  const parent = at
    .slice(0, -1)
    .reduce<unknown>(
      (value, key) => (isContainer(value) ? value[key] : undefined),
      root,
    );
  const last = at[at.length - 1];
  if (!isContainer(parent)) {
    throw new Error(`There is nothing at ${at.join('.')}`);
  }
  if (isKey) {
    parent[text] = parent[last];
    delete parent[last];
  } else {
    parent[last] = text;
  }
}
