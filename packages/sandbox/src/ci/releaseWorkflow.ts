import { parse } from 'yaml';
import { z } from 'zod';

/**
 * Where a source repository may have its release workflow, on GitHub and on
 * Gitea.
 */
export const WORKFLOW_PATHS = [
  '.github/workflows/release.yaml',
  '.gitea/workflows/release.yaml',
];

/** The file in the repository's root that contains the release version. */
export const VERSION_PATH = 'VERSION';

const environmentSchema = z.object({ ECR_REPOSITORY: z.string().min(1) });

const workflowSchema = z.object({
  env: z.unknown().optional(),
  jobs: z
    .record(z.string(), z.object({ env: z.unknown().optional() }))
    .optional(),
});

/**
 * The ECR repository that a release workflow pushes to: `ECR_REPOSITORY` in the
 * `env` of the workflow or of a job. Undefined if the file isn't such a
 * workflow.
 */
export function ecrRepositoryOf(workflow: string): string | undefined {
  const parsed = workflowSchema.safeParse(parseYaml(workflow));
  if (!parsed.success) {
    return undefined;
  }
  const { env, jobs = {} } = parsed.data;
  for (const candidate of [env, ...Object.values(jobs).map(job => job.env)]) {
    const environment = environmentSchema.safeParse(candidate);
    if (environment.success) {
      return environment.data.ECR_REPOSITORY;
    }
  }
  return undefined;
}

/** The version in a `VERSION` file, or undefined if it can't be a tag. */
export function versionOf(file: string): string | undefined {
  const version = file.trim();
  return /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(version)
    ? version
    : undefined;
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
