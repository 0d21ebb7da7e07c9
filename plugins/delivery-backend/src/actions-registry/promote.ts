import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  deliveryToolsChangePermission,
  isSameApplication,
  type VersionChangeItem,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionsService,
  DeliveryService,
} from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod/v3';
import { attemptKey } from './attemptKey';
import { attemptInput, reasonInput, recordOutput, toRecord } from './changes';
import { findDeployments, type PlacedDeployment } from './findDeployments';
import { readEntityRef } from './input';
import {
  applicationOutput,
  entityInput,
  repositoryInput,
  summaryOutput,
  tagInput,
} from './schemas';
import {
  aboutApplication,
  recordStatement,
  refusalStatement,
  textStatement,
} from './sentences';

/** A person has to be able to read what is proposed. */
const MAX_APPLICATIONS = 50;

const expectedSchema = z
  .array(
    z.object({
      instance: z.string().max(255),
      namespace: z.string().max(63),
      name: z.string().max(253),
      actionKey: z.string().min(1).max(256),
    }),
  )
  .max(MAX_APPLICATIONS);

const input = z.object({
  entity: entityInput,
  environment: z
    .string()
    .min(1)
    .max(255)
    .describe('The environment to promote into, such as `prod`.'),
  tag: tagInput.describe('The version to set, such as `1.4.3`.'),
  repository: repositoryInput
    .optional()
    .describe(
      'Image repository without a tag; only needed where the applications run several images. Applications that don’t run it are left out.',
    ),
  via: z
    .enum(['request', 'commit'])
    .optional()
    .describe(
      '`request` (default): a pull or merge request; `commit`: a commit on the branch itself.',
    ),
  expected: expectedSchema
    .optional()
    .describe(
      'The `expected` of the preview that you acted on, as it is. Without it, nothing is changed.',
    ),
  reason: reasonInput,
  attempt: attemptInput,
});

const output = z.object({
  summary: summaryOutput,
  preview: z
    .object({
      expected: expectedSchema.describe(
        'Pass it to carry this out. Applications that can’t be promoted are left out.',
      ),
      changes: z
        .array(
          z.object({
            repositoryUrl: z.string(),
            branch: z.string(),
            title: z.string(),
            description: z.string(),
            via: z.enum(['request', 'commit']),
            files: z.array(z.object({ path: z.string(), diff: z.string() })),
          }),
        )
        .describe('One for each configuration repository and branch.'),
      items: z.array(
        z.object({
          application: applicationOutput,
          from: z.string().optional(),
          to: z.string().optional(),
          notes: z.array(z.string()),
          refusal: z.string().optional().describe('Why it can’t be promoted.'),
        }),
      ),
    })
    .optional()
    .describe('What would be done; nothing was changed.'),
  records: z.array(recordOutput).optional().describe('What was started.'),
});

type Input = z.infer<typeof input>;

/** @internal */
export function registerPromote(
  registry: ActionsRegistryService,
  {
    service,
    actions,
  }: { service: DeliveryService; actions: DeliveryActionsService },
): void {
  registry.register({
    name: 'promote',
    title: 'Promote a version',
    description: `Promotes a version into an environment of a catalog entity by Git: opens a pull or merge request (or commits) that changes exactly the value which carries the version. It needs the permission delivery.version.promote for the entity, and in some environments another person has to approve it.

Call it twice. Without \`expected\` nothing is changed: the answer has the files and lines that would change, what stands in the way, and \`expected\`. Show that to the user. With \`expected\` it is carried out, unless an application has changed since then. Ask delivery.would-update before, since Image Updater may move the version again.

Examples: {"entity": "api", "environment": "prod", "tag": "1.4.3"} – what would change. {"entity": "api", "environment": "prod", "tag": "1.4.3", "expected": […], "reason": "Tested in staging"} – open the request.`,
    schema: { input: () => input, output: () => output },
    attributes: { readOnly: false, destructive: true, idempotent: true },
    visibilityPermission: deliveryToolsChangePermission,
    examples: [
      {
        title: 'What a promotion would change',
        input: { entity: 'api', environment: 'prod', tag: '1.4.3' },
      },
    ],
    action: async ({ input: asked, credentials }) => {
      const { environment, expected, attempt, via, reason } = asked;
      const ref = readEntityRef(asked.entity);
      const found = runningOf(
        await findDeployments(service, ref, { environment }, { credentials }),
        asked,
      );
      if (found.length > MAX_APPLICATIONS) {
        throw new InputError(
          `${environment} has ${found.length} applications of this entity; at most ${MAX_APPLICATIONS} can be promoted at once. Use the portal`,
        );
      }
      const itemOf = (
        { deployment }: PlacedDeployment,
        actionKey: string,
      ): VersionChangeItem => ({
        entityRef: stringifyEntityRef(ref),
        application: deployment.application,
        expected: { actionKey },
        repository: repositoryOf(deployment, asked),
        tag: asked.tag,
      });
      const requestOf = (items: VersionChangeItem[]): VersionChangeRequest => ({
        action: 'promote',
        items,
        ...(via && { via }),
        ...(reason && { reason }),
      });
      if (expected === undefined) {
        const items = found.map(one =>
          itemOf(one, one.deployment.actionKey ?? ''),
        );
        const preview = await actions.previewVersionChange(requestOf(items), {
          credentials,
        });
        return {
          output: {
            summary: preview.items.map(item =>
              aboutApplication(item.application, environment, [
                ...(item.refusal
                  ? [refusalStatement(item.refusal)]
                  : [textStatement(`${item.from ?? '?'} → ${item.to ?? '?'}`)]),
                ...item.notes.map(({ message }) => textStatement(message)),
              ]),
            ),
            preview: {
              expected: items.flatMap(
                ({ application, expected: { actionKey } }, index) =>
                  preview.items[index]?.refusal
                    ? []
                    : [{ ...application, actionKey }],
              ),
              changes: preview.changes,
              items: preview.items.map(item => ({
                application: item.application,
                ...(item.from && { from: item.from }),
                ...(item.to && { to: item.to }),
                notes: item.notes.map(({ message }) => message),
                ...(item.refusal && { refusal: item.refusal.message }),
              })),
            },
          },
        };
      }
      const items = expected.map(({ actionKey, ...application }) => {
        const one = found.find(({ deployment }) =>
          isSameApplication(deployment.application, application),
        );
        if (!one) {
          throw new InputError(
            `${application.name} isn't one of the entity's applications in ${environment}`,
          );
        }
        return itemOf(one, actionKey);
      });
      const request = requestOf(items);
      const { items: records } = await actions.startVersionChange(request, {
        credentials,
        idempotencyKey: attemptKey('promote', { request, attempt }),
      });
      return {
        output: {
          summary: records.map(record =>
            aboutApplication(record.application, record.environment, [
              recordStatement(record),
            ]),
          ),
          records: records.map(toRecord),
        },
      };
    },
  });
}

/** All of them, if none runs the repository: the error says what they run. */
function runningOf(
  found: PlacedDeployment[],
  { repository }: Input,
): PlacedDeployment[] {
  const running = found.filter(({ deployment: { images } }) =>
    images.some(image => image.repository === repository),
  );
  return running.length > 0 ? running : found;
}

function repositoryOf(
  { application, images }: PlacedDeployment['deployment'],
  { repository }: Input,
): string {
  const names = images.map(image => image.repository);
  if (repository === undefined && names.length === 1) {
    return names[0];
  }
  if (repository !== undefined && names.includes(repository)) {
    return repository;
  }
  throw new InputError(
    `Give one of the image repositories of ${
      application.name
    } as 'repository': ${names.join(', ')}`,
  );
}
