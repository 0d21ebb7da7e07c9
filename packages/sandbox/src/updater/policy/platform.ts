import type { Warn } from './warn';

/** An operating system and architecture that an image is for. */
export interface Platform {
  os: string;
  architecture: string;
  variant: string;
}

/** The platform that is looked for when an image names none. */
const DEFAULT: Platform = { os: 'linux', architecture: 'amd64', variant: '' };

/** Reads `os/architecture[/variant]` entries. One that can't be read matches no image, rather than every one. */
export function parsePlatforms(texts: string[], warn: Warn): Platform[] {
  if (texts.length === 0) {
    return [DEFAULT];
  }
  return texts.map(text => {
    const [os, architecture, ...variant] = text.trim().split('/');
    if (architecture === undefined) {
      warn(
        `could not parse platform identifier '${text.trim()}': invalid format`,
      );
      return { os: text, architecture: '', variant: '' };
    }
    return { os, architecture, variant: variant.join('/') };
  });
}

/** Whether an image of that platform is wanted; a variant also counts as the platform without one. */
export function wantsPlatform(
  wanted: readonly Platform[],
  { os, architecture, variant }: Platform,
): boolean {
  return wanted.some(
    platform =>
      platform.os === os &&
      platform.architecture === architecture &&
      (platform.variant === variant || platform.variant === ''),
  );
}
