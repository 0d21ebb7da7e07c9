import { z } from 'zod';
import { versionCommitsSchema } from './versionCommits';

const plannedChangeSchema = z.object({
  // As every planned action has them, for its approval.
  project: z.string(),
  expectedKey: z.string(),
  change: z.object({
    /** Common to the items of one request, which share commits. */
    batch: z.string(),
    repository: z.string(),
    tag: z.string().optional(),
    /** The branch that it changes, as it was when it was asked for. */
    base: z.string().optional(),
    via: z.enum(['commit', 'request']),
    hold: z.boolean(),
    /** Between the versions, as they were known when it was asked for. */
    commits: versionCommitsSchema.optional(),
  }),
});

/**
 * What is stored of a change of a version, to carry it out. Where the version is
 * isn't stored: it follows from the application, which mustn't have changed.
 *
 * @internal
 */
export type PlannedChange = z.infer<typeof plannedChangeSchema>;

/** @internal */
export function parsePlannedChange(request: unknown): PlannedChange {
  return plannedChangeSchema.parse(request);
}

/**
 * The branch of a merge request: the same for each attempt at the same change, and
 * another one for each branch that is changed.
 *
 * @internal
 */
export function branchOf(
  action: string,
  { batch, base = '' }: Pick<PlannedChange['change'], 'batch' | 'base'>,
): string {
  const into = base.replace(/[^\w-]+/g, '-');
  return `landfall/${action}-${batch}${into && `-${into}`}`;
}

/** The last line of a change's commits, by which one is found after a lost answer. */
export function trailerOf({
  batch,
}: Pick<PlannedChange['change'], 'batch'>): string {
  return `Landfall-Change: ${batch}`;
}
