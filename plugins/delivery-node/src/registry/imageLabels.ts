import { z } from 'zod';
import type { ImageSource } from './types';

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const REVISION = 'org.opencontainers.image.revision';
const SOURCE = 'org.opencontainers.image.source';

/** Longer than any commit id or sensible URL. */
const MAX_LENGTH = 2048;

/** Labels and annotations. Those that aren't as specified don't count. */
export const annotationsSchema = z
  .record(z.string(), z.string())
  .nullish()
  .catch(undefined);

const configSchema = z.object({
  config: z.object({ Labels: annotationsSchema }).nullish().catch(undefined),
});

/** As a part of what has it; empty if nothing says where an image comes from. */
export function toImageSource(
  annotations: Record<string, string> | null | undefined,
): { source?: ImageSource } {
  const revision = textOf(annotations?.[REVISION]);
  const url = textOf(annotations?.[SOURCE]);
  return revision || url
    ? { source: { ...(revision && { revision }), ...(url && { url }) } }
    : {};
}

/** From the labels in an image's configuration. */
export function parseImageLabels(text: string): { source?: ImageSource } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {};
  }
  return toImageSource(configSchema.safeParse(json).data?.config?.Labels);
}

function textOf(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text && text.length <= MAX_LENGTH ? text : undefined;
}
