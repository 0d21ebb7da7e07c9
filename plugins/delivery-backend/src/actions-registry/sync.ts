import { stringifyEntityRef } from '@backstage/catalog-model';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  type ActionAvailability,
  deliveryToolsChangePermission,
  type SyncActionRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionsService,
  DeliveryService,
} from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod/v3';
import { attemptKey } from './attemptKey';
import {
  actionKeyInput,
  attemptInput,
  offerOutput,
  reasonInput,
  recordOutput,
  toOffer,
  toRecord,
} from './changes';
import { describeDeployment } from './deployments';
import { findDeployment } from './findDeployments';
import { readEntityRef } from './input';
import { entityInput, environmentInput, summaryOutput } from './schemas';
import {
  aboutApplication,
  recordStatement,
  refusalStatement,
} from './sentences';

const input = z.object({
  entity: entityInput,
  environment: environmentInput,
  application: z
    .string()
    .min(1)
    .max(253)
    .optional()
    .describe('Name of the application, if the environment has several.'),
  namespace: z
    .string()
    .min(1)
    .max(63)
    .optional()
    .describe('Namespace of the Application, if the name isn’t enough.'),
  instance: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Argo CD instance, if the name isn’t enough.'),
  actionKey: actionKeyInput,
  dryRun: z
    .boolean()
    .optional()
    .describe('Argo CD only says what it would change.'),
  prune: z
    .boolean()
    .optional()
    .describe('Also delete what Git no longer has. Ask the user first.'),
  resources: z
    .array(
      z.object({
        group: z.string().max(253).optional(),
        kind: z.string().min(1).max(63),
        namespace: z.string().max(63).optional(),
        name: z.string().min(1).max(253),
      }),
    )
    .min(1)
    .max(100)
    .optional()
    .describe('Only these resources; all if omitted.'),
  reason: reasonInput,
  attempt: attemptInput,
});

const output = z.object({
  summary: summaryOutput,
  offer: offerOutput.optional(),
  record: recordOutput.optional(),
});

/** @internal */
export function registerSync(
  registry: ActionsRegistryService,
  services: { service: DeliveryService; actions: DeliveryActionsService },
): void {
  const { service, actions } = services;
  registry.register({
    name: 'sync',
    title: 'Sync an application',
    description: `Syncs an Argo CD application of a catalog entity: makes the cluster what Git says. It needs the permission delivery.application.sync for the entity, and in some environments another person has to approve it.

Call it twice. Without \`actionKey\` nothing is changed: the answer says what is there, whether you may sync it and what stands in the way, and has an \`actionKey\`. With that, the sync is started, unless the application has changed since then. The result comes later: call delivery.who-runs-what or delivery.why-is-it-stuck. Force and replace are only offered in the portal.

Examples: {"entity": "api", "environment": "prod"} – whether production can be synced. {"entity": "api", "environment": "prod", "actionKey": "…", "reason": "Deploy the fix of the outage"} – sync it.`,
    schema: { input: () => input, output: () => output },
    attributes: { readOnly: false, destructive: true, idempotent: true },
    visibilityPermission: deliveryToolsChangePermission,
    examples: [
      {
        title: 'Whether production can be synced',
        input: { entity: 'api', environment: 'prod' },
      },
    ],
    action: async ({ input: asked, credentials }) => {
      const { entity, environment, application: name, ...rest } = asked;
      const { namespace, instance, actionKey, attempt, ...wanted } = rest;
      const ref = readEntityRef(entity);
      const found = await findDeployment(
        service,
        ref,
        { environment, name, namespace, instance },
        { credentials },
      );
      const { application } = found.deployment;
      if (actionKey === undefined) {
        const available = await actions.getAvailableActions(ref, application, {
          credentials,
        });
        const sync = available.items.find(isSync) ?? {
          action: 'sync',
          allowed: false,
        };
        return {
          output: {
            summary: [
              describeDeployment(found.deployment, found.environment),
              ...(sync.refusal
                ? [
                    aboutApplication(application, found.environment, [
                      refusalStatement(sync.refusal),
                    ]),
                  ]
                : []),
            ],
            offer: toOffer(sync, available.actionKey),
          },
        };
      }
      const request: SyncActionRequest = {
        action: 'sync',
        expected: { actionKey },
        ...wanted,
      };
      const record = await actions.startAction(ref, application, request, {
        credentials,
        idempotencyKey: attemptKey('sync', {
          entity: stringifyEntityRef(ref),
          application,
          request,
          attempt,
        }),
      });
      return {
        output: {
          summary: [
            aboutApplication(application, record.environment, [
              recordStatement(record),
            ]),
          ],
          record: toRecord(record),
        },
      };
    },
  });
}

function isSync({ action }: ActionAvailability): boolean {
  return action === 'sync';
}
