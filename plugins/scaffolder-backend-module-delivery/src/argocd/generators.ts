import { z } from 'zod';

const KINDS = [
  'clusterDecisionResource',
  'clusters',
  'git',
  'list',
  'matrix',
  'merge',
  'plugin',
  'pullRequest',
  'scmProvider',
] as const;
type Kind = (typeof KINDS)[number];

/** Fields beside the kind that every generator may have. */
const COMMON = ['selector'];

const generatorSchema = z.record(z.string(), z.unknown());
const listSchema = z
  .looseObject({
    elements: z.array(z.unknown()).optional(),
    elementsYaml: z.string().optional(),
  })
  .refine(
    ({ elements, elementsYaml }) => elements ?? elementsYaml,
    'needs elements or elementsYaml',
  );
const gitSchema = z
  .looseObject({
    repoURL: z.string().min(1),
    revision: z.string().min(1),
    directories: z.array(z.unknown()).optional(),
    files: z.array(z.unknown()).optional(),
  })
  .refine(
    ({ directories, files }) =>
      (directories === undefined) !== (files === undefined),
    'needs either directories or files',
  );
const configMapSchema = z.looseObject({
  configMapRef: z.union([
    z.string().min(1),
    z.looseObject({ name: z.string().min(1) }),
  ]),
});
const SCHEMAS: Partial<Record<Kind, z.ZodType>> = {
  list: listSchema,
  git: gitSchema,
  plugin: configMapSchema,
  clusterDecisionResource: configMapSchema,
};
const matrixSchema = z.looseObject({
  generators: z.array(generatorSchema).length(2, 'needs two generators'),
});
const mergeSchema = z.looseObject({
  generators: z.array(generatorSchema).min(2, 'needs two generators or more'),
  mergeKeys: z.array(z.string().min(1)).min(1, 'needs a key'),
});

/**
 * What Argo CD's controller would not generate from, and where. The API accepts
 * such an ApplicationSet, and only its conditions show the mistake.
 *
 * @param where - such as `spec.generators.0`
 * @param depth - how many generators it is in
 */
export function generatorProblem(
  generator: unknown,
  where: string,
  depth = 0,
): string | undefined {
  const parsed = generatorSchema.safeParse(generator);
  if (!parsed.success) {
    return `${where} isn't an object`;
  }
  const keys = Object.keys(parsed.data).filter(key => !COMMON.includes(key));
  const [key, ...others] = keys;
  const kind = KINDS.find(one => one === key);
  if (!kind || others.length > 0) {
    return `${where} must have one of ${KINDS.join(', ')}${
      keys.length > 0 ? `, and has ${keys.join(', ')}` : ''
    }`;
  }
  const value = parsed.data[kind];
  const place = `${where}.${kind}`;
  if (kind !== 'matrix' && kind !== 'merge') {
    return SCHEMAS[kind] && schemaProblem(SCHEMAS[kind], value, place);
  }
  if (depth > 1) {
    return `${place} is nested too deeply: Argo CD accepts one matrix or merge within another`;
  }
  const combined = (kind === 'matrix' ? matrixSchema : mergeSchema).safeParse(
    value,
  );
  if (!combined.success) {
    return describe(combined.error, place);
  }
  return combined.data.generators
    .map((one, index) =>
      generatorProblem(one, `${place}.generators.${index}`, depth + 1),
    )
    .find(problem => problem !== undefined);
}

function schemaProblem(
  schema: z.ZodType,
  value: unknown,
  where: string,
): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : describe(parsed.error, where);
}

function describe({ issues: [issue] }: z.ZodError, where: string): string {
  return `${[where, ...issue.path].join('.')}: ${issue.message}`;
}
