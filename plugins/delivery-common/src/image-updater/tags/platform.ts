import type { ReportProblem } from '../problem';
import { trimSpace } from '../text';

/**
 * An operating system and architecture that an image is for.
 *
 * @public
 */
export interface Platform {
  os: string;
  architecture: string;
  /** Empty: none. */
  variant: string;
}

/**
 * The updater's platform if none is given. The updater looks for its own
 * platform when an image names none.
 */
const DEFAULT: Platform = { os: 'linux', architecture: 'amd64', variant: '' };

/**
 * Parses `os/architecture[/variant]` entries. A malformed entry matches no
 * image, rather than every one.
 */
export function parsePlatforms(
  texts: readonly string[],
  report: ReportProblem,
): Platform[] {
  if (texts.length === 0) {
    return [DEFAULT];
  }
  return texts.map(text => {
    const trimmed = trimSpace(text);
    const platform = parsePlatform(trimmed);
    if (!platform) {
      report({
        code: 'platform-malformed',
        message: `could not parse platform identifier '${trimmed}': invalid format`,
        advice: {
          code: 'advice.platform-malformed',
          parameters: { platform: trimmed },
        },
      });
      return { os: text, architecture: '', variant: '' };
    }
    return platform;
  });
}

/** Parses `os/architecture[/variant]`; undefined without an architecture. */
export function parsePlatform(text: string): Platform | undefined {
  const [os, architecture, ...variant] = text.split('/');
  return architecture === undefined
    ? undefined
    : { os, architecture, variant: variant.join('/') };
}

/**
 * Whether an image's platform is wanted. A wanted platform without a variant
 * also matches each of its variants.
 *
 * @public
 */
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

/** Formats a platform as `linux/arm/v7`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(part => part !== '').join('/');
}
