/** Image references of what is deployed, as Argo CD lists them. */
export function references(images: Record<string, string>): string[] {
  return Object.entries(images)
    .map(([name, tag]) =>
      tag.startsWith('sha256:') ? `${name}@${tag}` : `${name}:${tag}`,
    )
    .sort();
}

/** A repository without its registry. */
export function pathOf(repository: string): string {
  return repository.slice(repository.indexOf('/') + 1);
}

/** 64 hexadecimal digits derived from a text; distinct enough for tests. */
export function hex(text: string): string {
  let hash = 0x811c9dc5;
  let digits = '';
  for (let round = 0; digits.length < 64; round += 1) {
    for (const char of `${round}${text}`) {
      hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    }
    digits += hash.toString(16).padStart(8, '0');
  }
  return digits;
}

/** A digest derived from a text. */
export function digestOf(text: string): string {
  return `sha256:${hex(text)}`;
}
