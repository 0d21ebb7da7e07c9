import { ResponseError } from '@backstage/errors';
import type {
  ActionRecord,
  Deployment,
  DeploymentsResponse,
  ImagePolicy,
  ImageVersion,
  VersionChangePreview,
  VersionChangeRequest,
  WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryActionsService,
  DeliveryService,
} from '@landfall/backstage-plugin-delivery-node';

export const REPOSITORY = 'registry.example.com/shop/api';

/** For tests: an application of the entity. */
export interface FakeDeployment {
  environment: string;
  name: string;
  /** Default: version 1.0.0 of one repository. */
  images?: { repository: string; running: ImageVersion[] }[];
  held?: boolean;
  actionKey?: string;
  health?: 'Healthy' | 'Progressing';
}

/** For tests: an error of the delivery plugin. */
export async function refusal(
  status: number,
  name: string,
  message: string,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

/**
 * For tests: the delivery plugin with the applications of one entity. As the real
 * one, it does a change once for each idempotency key, refuses the key for another
 * request, and refuses a change of an application that has changed since.
 */
export class FakeDelivery
  implements
    Pick<DeliveryService, 'getDeployments' | 'getWouldUpdate'>,
    Pick<
      DeliveryActionsService,
      'getActions' | 'previewVersionChange' | 'startVersionChange'
    >
{
  /** The latest first. */
  readonly records: ActionRecord[] = [];
  /** Of every change that was carried out. */
  readonly requests: VersionChangeRequest[] = [];
  /** Who asked, by user entity ref or subject. */
  readonly callers: unknown[] = [];
  readonly more: Partial<DeploymentsResponse>;
  deployments: FakeDeployment[];
  /** Called before a change is judged. */
  beforeStart: () => Promise<void> = async () => {};
  /** Called after a change was carried out, before its answer. */
  afterStart: () => Promise<void> = async () => {};
  /** How a change ends. */
  outcome: (environment: string) => Partial<ActionRecord> = () => ({
    state: 'accepted',
    change: {
      kind: 'request',
      url: 'https://git.example.com/7',
      requestState: 'open',
    },
  });
  readonly #keys = new Map<string, { request: string; ids: string[] }>();

  constructor(
    deployments: FakeDeployment[],
    more: Partial<DeploymentsResponse> = {},
  ) {
    this.deployments = deployments;
    this.more = more;
  }

  getDeployments: DeliveryService['getDeployments'] = async (
    _,
    { credentials },
  ) => {
    this.callers.push(credentials.principal);
    const environments = [
      ...new Set(this.deployments.map(({ environment }) => environment)),
    ];
    return {
      environments: environments.map(environment => ({
        environment,
        deployments: this.deployments
          .filter(one => one.environment === environment)
          .map(toDeployment),
      })),
      instances: [],
      problems: [],
      locator: { annotations: {} },
      ...this.more,
    };
  };

  getWouldUpdate: DeliveryService['getWouldUpdate'] =
    async (): Promise<WouldUpdateResponse> => ({
      repositories: [],
      findings: [],
      applications: this.deployments.flatMap(one =>
        imagesOf(one).map(({ repository, running }) => ({
          key: one.name,
          application: refOf(one),
          environment: one.environment,
          repository,
          running,
          state: 'managed' as const,
          problems: [],
          others: [],
          othersTotal: 0,
          policy: policyOf(repository, one.held ?? false),
        })),
      ),
    });

  getActions: DeliveryActionsService['getActions'] = async () => ({
    items: this.records.map(record => ({ ...record })),
  });

  previewVersionChange: DeliveryActionsService['previewVersionChange'] = async (
    request,
    { credentials },
  ): Promise<VersionChangePreview> => {
    this.callers.push(credentials.principal);
    return {
      changes: [
        {
          repositoryUrl: 'https://git.example.com/deploy.git',
          branch: 'main',
          title: 'chore: promote api',
          description: '',
          via: request.via ?? 'request',
          files: [{ path: 'values.yaml', diff: '-tag: 1.0.0\n+tag: 1.1.0' }],
        },
      ],
      items: request.items.map(({ application, repository, tag }) => ({
        application,
        repository,
        from: '1.0.0',
        ...(tag && { to: tag }),
        notes: [
          {
            code: 'change.note-syncs',
            parameters: {},
            message: 'Argo CD syncs it.',
          },
        ],
        ...(tag === 'missing' && {
          refusal: {
            code: 'change.refused',
            message: 'The version is missing',
            advice: 'Push it',
          },
        }),
        ...(tag === '1.0.0' && {
          refusal: {
            code: 'change.same',
            parameters: { repository, version: tag },
            message: 'Git has it',
          },
        }),
      })),
    };
  };

  startVersionChange: DeliveryActionsService['startVersionChange'] = async (
    request,
    { idempotencyKey, credentials }: DeliveryActionServiceOptions,
  ) => {
    this.callers.push(credentials.principal);
    await this.beforeStart();
    const known = this.#keys.get(idempotencyKey);
    if (known && known.request !== JSON.stringify(request)) {
      throw await refusal(409, 'ConflictError', 'The key was used');
    }
    if (!known) {
      const ids = await this.#carryOut(request);
      const text = JSON.stringify(request);
      this.#keys.set(idempotencyKey, { request: text, ids });
    }
    await this.afterStart();
    const { ids } = this.#keys.get(idempotencyKey) ?? { ids: [] };
    return {
      items: ids.flatMap(id => this.records.filter(one => one.id === id)),
    };
  };

  async #carryOut(request: VersionChangeRequest): Promise<string[]> {
    const found = await Promise.all(
      request.items.map(async item => {
        const one = this.deployments.find(
          ({ name }) => name === item.application.name,
        );
        if (!one || one.actionKey !== item.expected.actionKey) {
          throw await refusal(
            409,
            'ConflictError',
            'The application has changed',
          );
        }
        return { one, item };
      }),
    );
    this.requests.push(request);
    const records = found.map(
      ({ one: { environment }, item }, index): ActionRecord => ({
        id: `record-${this.records.length + index}`,
        action: 'promote',
        state: 'accepted',
        application: item.application,
        environment,
        user: 'user:default/mock',
        requestedAt: '2026-01-01T00:00:00.000Z',
        changedAt: '2026-01-01T00:00:00.000Z',
        ...(item.tag && {
          version: { repository: item.repository, tag: item.tag },
        }),
        ...this.outcome(environment),
      }),
    );
    this.records.unshift(...records);
    return records.map(({ id }) => id);
  }
}

function imagesOf({ images }: FakeDeployment) {
  return images ?? [{ repository: REPOSITORY, running: [{ tag: '1.0.0' }] }];
}

function policyOf(repository: string, isHeld: boolean): ImagePolicy {
  const names = { name: '', tag: '', spec: '' };
  return {
    image: { registry: '', name: repository, alias: 'app', original: '' },
    strategy: 'semver',
    forceUpdate: false,
    allowTags: 'any',
    ignoreTags: isHeld ? ['*'] : [],
    pullSecret: '',
    platforms: [],
    helm: names,
    plugin: names,
    kustomizeName: '',
  };
}

function refOf({ name }: FakeDeployment) {
  return { instance: 'main', namespace: 'argocd', name };
}

function toDeployment(one: FakeDeployment): Deployment {
  return {
    application: refOf(one),
    key: one.name,
    project: 'shop',
    destination: {},
    health: { status: one.health ?? 'Healthy' },
    sync: { status: 'Synced', revisions: ['abc'], outOfSync: 0 },
    images: imagesOf(one),
    automatedSync: true,
    conditions: [],
    unwell: [],
    links: { external: [] },
    ...(one.actionKey && { actionKey: one.actionKey }),
  };
}
