import { z } from 'zod';
import type { ResourceAction, ResourceLink } from '../../resourceTypes';

/**
 * Answer of `GET /applications/{name}/resource/actions`; `{}` for a kind
 * without actions.
 */
export const actionsSchema = z.object({
  actions: z
    .array(
      z.object({
        name: z.string(),
        disabled: z.boolean().nullish(),
        params: z.array(z.object({ name: z.string() })).nullish(),
      }),
    )
    .nullish(),
});

export function toActions(
  answer: z.infer<typeof actionsSchema>,
): ResourceAction[] {
  return (answer.actions ?? []).map(({ name, disabled, params }) => ({
    name,
    disabled: disabled ?? false,
    params: (params ?? []).map(param => param.name),
  }));
}

/** Answer of `GET /applications/{name}/links`. */
export const linksSchema = z.object({
  items: z
    .array(
      z.object({
        title: z.string(),
        url: z.string(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
});

export function toLinks(answer: z.infer<typeof linksSchema>): ResourceLink[] {
  return (answer.items ?? []).map(({ title, url, description }) => ({
    title,
    url,
    description: description || undefined,
  }));
}
