// Generated from openapi.yaml by `yarn workspace @landfall/backstage-plugin-delivery-backend generate`; do not edit.

/** @internal */
export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'delivery',
    version: '1',
    description:
      "What of a catalog entity is deployed where, whether it is well, and how every image version got there. Everything is answered from the plugin's own store, except for the resources, differences and events of one application.",
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
    contact: {},
  },
  servers: [{ url: '/' }],
  components: {
    parameters: {
      performanceEntity: {
        name: 'entity',
        in: 'query',
        required: false,
        allowReserved: true,
        description:
          'Only the applications of this entity; its full ref, such as `component:default/api`.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      performanceOwner: {
        name: 'owner',
        in: 'query',
        required: false,
        allowReserved: true,
        description:
          'Only the services of this owner; its full ref, such as `group:default/shop`.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      performanceSystem: {
        name: 'system',
        in: 'query',
        required: false,
        allowReserved: true,
        description:
          'Only the services of this system; its full ref, such as `system:default/shop`.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      performanceEnvironment: {
        name: 'environment',
        in: 'query',
        required: false,
        description: 'Only deployments into this environment.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      performanceFrom: {
        name: 'from',
        in: 'query',
        required: false,
        description:
          'The first day, in UTC; by default, 27 days before the last.',
        schema: {
          type: 'string',
          maxLength: 10,
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        },
      },
      performanceTo: {
        name: 'to',
        in: 'query',
        required: false,
        description: 'The last day, in UTC; by default, today.',
        schema: {
          type: 'string',
          maxLength: 10,
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        },
      },
      performanceInterval: {
        name: 'interval',
        in: 'query',
        required: false,
        description:
          'The length of a bucket. Weeks begin with the first day of the period.',
        schema: {
          type: 'string',
          enum: ['day', 'week'],
          maxLength: 8,
          default: 'day',
        },
      },
      kind: {
        name: 'kind',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      namespace: {
        name: 'namespace',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      name: {
        name: 'name',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      limit: {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many promotions a page has at most.',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      cursor: {
        name: 'cursor',
        in: 'query',
        required: false,
        allowReserved: true,
        description: '`nextCursor` of the page before, of the same list.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 8192,
          pattern: '^[A-Za-z0-9_-]*$',
        },
      },
      imagesLimit: {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many images a page has at most.',
        schema: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
      },
      environment: {
        name: 'environment',
        in: 'query',
        required: false,
        description: 'Only promotions into this environment.',
        schema: {
          type: 'string',
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      repository: {
        name: 'repository',
        in: 'query',
        required: false,
        allowReserved: true,
        description: 'Only what is of this image repository.',
        schema: {
          type: 'string',
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      wouldUpdateTag: {
        name: 'tag',
        in: 'query',
        required: false,
        description:
          "Judges this tag, too. If the registry doesn't have it, as if it had been pushed just now.",
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
        },
      },
      imageRepository: {
        name: 'repository',
        in: 'query',
        required: true,
        allowReserved: true,
        description:
          'The image repository, such as `registry.example.com/shop/api`; where no repository has this name, those that have it after their host.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      imageTag: {
        name: 'tag',
        in: 'query',
        required: false,
        description: 'Only applications that run this tag.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
        },
      },
      imageDigest: {
        name: 'digest',
        in: 'query',
        required: false,
        description: 'Only applications that run this digest.',
        schema: {
          type: 'string',
          maxLength: 71,
          pattern: '^sha256:[a-f0-9]{64}$',
        },
      },
      imageUsersLimit: {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many applications are listed at most.',
        schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
      },
      outcome: {
        name: 'outcome',
        in: 'query',
        required: false,
        description:
          'Only promotions with this outcome; `open` for those that have none yet.',
        schema: {
          type: 'string',
          enum: [
            'open',
            'live',
            'failed',
            'superseded',
            'rolled-back',
            'abandoned',
          ],
          maxLength: 32,
        },
      },
      versionsLimit: {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many versions a page has at most.',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      versionsEnvironment: {
        name: 'environment',
        in: 'query',
        required: false,
        description: 'Only versions of this environment.',
        schema: {
          type: 'string',
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      instance: {
        name: 'instance',
        in: 'path',
        required: true,
        description:
          'Name of the Argo CD instance in `delivery.events.argocd`.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetLimit: {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many services a page has at most.',
        schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      },
      fleetSearch: {
        name: 'search',
        in: 'query',
        required: false,
        allowReserved: true,
        description: 'Only services with this text in their title or name.',
        schema: {
          type: 'string',
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetOwner: {
        name: 'owner',
        in: 'query',
        required: false,
        allowReserved: true,
        description: 'Only services of this owner; a full entity ref.',
        schema: {
          type: 'string',
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetSystem: {
        name: 'system',
        in: 'query',
        required: false,
        allowReserved: true,
        description: 'Only services of this system; a full entity ref.',
        schema: {
          type: 'string',
          maxLength: 512,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetEnvironment: {
        name: 'environment',
        in: 'query',
        required: false,
        allowReserved: true,
        description: 'Only applications in this environment.',
        schema: {
          type: 'string',
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetCluster: {
        name: 'cluster',
        in: 'query',
        required: false,
        allowReserved: true,
        description:
          'Only applications in this cluster; its name, or else its URL.',
        schema: {
          type: 'string',
          maxLength: 1024,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetInstance: {
        name: 'instance',
        in: 'query',
        required: false,
        allowReserved: true,
        description: 'Only applications of this Argo CD instance.',
        schema: {
          type: 'string',
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      fleetState: {
        name: 'state',
        in: 'query',
        required: false,
        description: 'Only services with an application in this state.',
        schema: {
          'x-domain-type': 'FleetState',
          type: 'string',
          enum: [
            'stuck',
            'degraded',
            'out-of-sync',
            'updating',
            'update-available',
            'held',
            'stale',
          ],
          maxLength: 32,
        },
      },
      fleetSort: {
        name: 'sort',
        in: 'query',
        required: false,
        description:
          '`name` and `owner`: ascending; `urgency`: the most urgent first; `deployed`: the latest first.',
        schema: {
          'x-domain-type': 'FleetSort',
          type: 'string',
          enum: ['name', 'owner', 'urgency', 'deployed'],
          maxLength: 32,
          default: 'name',
        },
      },
      argoCdInstance: {
        name: 'instance',
        in: 'path',
        required: true,
        description:
          'Name of the Argo CD instance in `argocd.appLocatorMethods`.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      applicationNamespace: {
        name: 'applicationNamespace',
        in: 'path',
        required: true,
        description: 'The namespace of the Application itself.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      applicationName: {
        name: 'applicationName',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      actionId: {
        name: 'actionId',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
          minLength: 36,
          maxLength: 36,
          pattern: '^[0-9a-fA-F-]*$',
        },
      },
      idempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        description:
          'The same key for every attempt at the same action, so that it is done once; another one for each action.',
        schema: {
          type: 'string',
          minLength: 16,
          maxLength: 128,
          pattern: '^[A-Za-z0-9_-]*$',
        },
      },
      resourceGroup: {
        name: 'group',
        in: 'query',
        required: false,
        description:
          'API group of the resource; absent or empty for the core group.',
        schema: {
          type: 'string',
          maxLength: 253,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      resourceKind: {
        name: 'kind',
        in: 'query',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 253,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      resourceNamespace: {
        name: 'namespace',
        in: 'query',
        required: false,
        description: 'Absent for a resource without one.',
        schema: {
          type: 'string',
          maxLength: 253,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      resourceName: {
        name: 'name',
        in: 'query',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 253,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
      eventsResource: {
        name: 'resource',
        in: 'query',
        required: false,
        description:
          "Of this resource instead of the Application: its `id` among the application's resources.",
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 1024,
          pattern: '^[^\\x00-\\x1f]*$',
        },
      },
    },
    responses: {
      NotModified: {
        description:
          'The answer is still the one with the ETag in `If-None-Match`.',
      },
      BadRequest: {
        description:
          "A parameter or the body is malformed, or the entity's annotations can't be read; the message states what to correct.",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      Unauthorized: {
        description: 'The request carries no valid token of Backstage.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      Forbidden: {
        description: "The caller isn't allowed to do this.",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      NotFound: {
        description:
          'There is no such entity, or the caller may not see it; or the entity has no such application or resource.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      Conflict: {
        description:
          'The application has changed since the page was shown, something is in progress, or the key was used for another request; the message states what to do.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      PayloadTooLarge: {
        description: 'The body is too large.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      UnsupportedMediaType: {
        description: "The body isn't `application/json`.",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      TooManyRequests: {
        description:
          "Backstage's rate limit (`backend.rateLimit`), where one is configured, or too many actions in a few seconds; try again later.",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      Unavailable: {
        description:
          "The backend is starting or stopping, or the catalog doesn't answer; try again later.",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      Error: {
        description: 'Any other error.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    schemas: {
      Error: {
        type: 'object',
        required: ['error', 'response'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
          response: {
            type: 'object',
            required: ['statusCode'],
            properties: { statusCode: { type: 'integer' } },
          },
        },
      },
      ActionRefusal: {
        'x-domain-type': 'DescribedActionRefusal',
        description:
          "Why an action isn't possible. `code` is one of the catalogue's topic `action`; the topic `remedy` has what to do under the same name.",
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string' },
          parameters: {
            type: 'object',
            additionalProperties: { type: 'string' },
          },
          message: { type: 'string' },
          advice: { type: 'string' },
        },
      },
      AvailableActions: {
        'x-domain-type': 'AvailableActions',
        type: 'object',
        required: ['actionKey', 'items'],
        properties: {
          actionKey: { type: 'string' },
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['action', 'allowed'],
              properties: {
                action: {
                  type: 'string',
                  enum: [
                    'refresh',
                    'hard-refresh',
                    'sync',
                    'terminate',
                    'rollback',
                    'rollout-promote',
                    'rollout-promote-full',
                    'rollout-abort',
                    'rollout-retry',
                    'rollout-restart',
                    'promote',
                    'revert',
                    'resume-updates',
                  ],
                },
                allowed: { type: 'boolean' },
                approvers: {
                  description:
                    'Entity refs of those of whom one has to approve it.',
                  type: 'array',
                  items: { type: 'string' },
                },
                refusal: { $ref: '#/components/schemas/ActionRefusal' },
              },
            },
          },
        },
      },
      ResourceRef: {
        'x-domain-type': 'ResourceRef',
        type: 'object',
        required: ['kind', 'name'],
        additionalProperties: false,
        properties: {
          group: { type: 'string', maxLength: 253 },
          kind: { type: 'string', maxLength: 63 },
          namespace: { type: 'string', maxLength: 63 },
          name: { type: 'string', maxLength: 253 },
        },
      },
      VersionChangeRequest: {
        'x-domain-type': 'VersionChangeRequest',
        description: 'A change of versions in Git.',
        type: 'object',
        required: ['action', 'items'],
        additionalProperties: false,
        properties: {
          action: {
            type: 'string',
            enum: ['promote', 'revert', 'resume-updates'],
          },
          items: {
            type: 'array',
            minItems: 1,
            maxItems: 50,
            items: {
              type: 'object',
              required: ['entityRef', 'application', 'expected', 'repository'],
              additionalProperties: false,
              properties: {
                entityRef: {
                  description:
                    'Of the catalog entity that owns the application.',
                  type: 'string',
                  maxLength: 256,
                },
                application: { $ref: '#/components/schemas/ApplicationRef' },
                expected: {
                  type: 'object',
                  required: ['actionKey'],
                  additionalProperties: false,
                  properties: { actionKey: { type: 'string', maxLength: 256 } },
                },
                repository: {
                  description: 'Image repository, without a tag.',
                  type: 'string',
                  maxLength: 512,
                },
                tag: {
                  description: 'The version to set; not for `resume-updates`.',
                  type: 'string',
                  maxLength: 128,
                },
              },
            },
          },
          via: {
            description:
              'By a merge request (the default), or by a commit to the branch that Argo CD follows.',
            type: 'string',
            enum: ['request', 'commit'],
          },
          hold: {
            description:
              'Also makes the Image Updater leave the version alone until updates are resumed. By default, only for `revert`, where it would move the version again; not for `resume-updates`.',
            type: 'boolean',
          },
          reason: { type: 'string', maxLength: 500 },
        },
      },
      VersionChangePreview: {
        'x-domain-type': 'VersionChangePreview',
        description: 'What a change of versions would do.',
        type: 'object',
        required: ['changes', 'items'],
        properties: {
          changes: {
            description: 'One for each configuration repository and branch.',
            type: 'array',
            items: {
              type: 'object',
              required: [
                'repositoryUrl',
                'branch',
                'title',
                'description',
                'files',
                'via',
              ],
              properties: {
                repositoryUrl: { type: 'string' },
                branch: { type: 'string' },
                title: { type: 'string' },
                description: { type: 'string' },
                files: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['path', 'diff'],
                    properties: {
                      path: { type: 'string' },
                      diff: { type: 'string' },
                    },
                  },
                },
                via: { type: 'string', enum: ['request', 'commit'] },
              },
            },
          },
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['application', 'repository', 'notes'],
              properties: {
                application: { $ref: '#/components/schemas/ApplicationRef' },
                repository: { type: 'string' },
                from: { type: 'string' },
                to: { type: 'string' },
                notes: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['code', 'parameters', 'message'],
                    properties: {
                      code: { type: 'string' },
                      parameters: {
                        type: 'object',
                        additionalProperties: { type: 'string' },
                      },
                      message: { type: 'string' },
                    },
                  },
                },
                refusal: { $ref: '#/components/schemas/ActionRefusal' },
              },
            },
          },
        },
      },
      ActionRecord: {
        'x-domain-type': 'ActionRecord',
        description: 'One action of somebody, as it is kept.',
        type: 'object',
        required: [
          'id',
          'action',
          'state',
          'application',
          'environment',
          'user',
          'requestedAt',
          'changedAt',
        ],
        properties: {
          id: { type: 'string' },
          action: {
            type: 'string',
            enum: [
              'refresh',
              'hard-refresh',
              'sync',
              'terminate',
              'rollback',
              'rollout-promote',
              'rollout-promote-full',
              'rollout-abort',
              'rollout-retry',
              'rollout-restart',
              'promote',
              'revert',
              'resume-updates',
            ],
          },
          state: {
            description:
              "`accepted`: the other system has taken it, and its result isn't there yet. `waiting`: somebody has to approve it. `unknown`: nobody can say whether the other system got it.",
            type: 'string',
            enum: [
              'waiting',
              'requested',
              'accepted',
              'succeeded',
              'failed',
              'rejected',
              'unknown',
            ],
          },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          environment: { type: 'string' },
          user: { type: 'string' },
          approver: { type: 'string' },
          reason: { type: 'string' },
          requestedAt: { type: 'string' },
          changedAt: { type: 'string' },
          version: {
            type: 'object',
            required: ['repository', 'tag'],
            properties: {
              repository: { type: 'string' },
              tag: { type: 'string' },
              from: { type: 'string' },
            },
          },
          change: {
            type: 'object',
            required: ['kind'],
            properties: {
              url: { type: 'string' },
              kind: { type: 'string', enum: ['commit', 'request'] },
              requestState: {
                type: 'string',
                enum: ['open', 'approved', 'merged', 'closed'],
              },
            },
          },
          options: {
            type: 'object',
            properties: {
              prune: { type: 'boolean' },
              dryRun: { type: 'boolean' },
              force: { type: 'boolean' },
              replace: { type: 'boolean' },
              resources: {
                type: 'array',
                items: { $ref: '#/components/schemas/ResourceRef' },
              },
              historyId: { type: 'integer' },
              rollout: { type: 'string' },
            },
          },
          message: { type: 'string' },
        },
      },
      ActionsResponse: {
        'x-domain-type': 'ActionsResponse',
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ActionRecord' },
          },
          nextCursor: { type: 'string' },
        },
      },
      ActionRequest: {
        'x-domain-type': 'ApplicationActionRequest',
        description:
          'What to do. `expected` is what the caller saw. The other fields depend on the action: `sync` takes `resources`, `prune`, `dryRun`, `force` and `replace`; `rollback` takes `historyId`, `prune` and `dryRun`; actions on Rollouts take `rollout`.',
        type: 'object',
        required: ['action', 'expected'],
        additionalProperties: false,
        properties: {
          action: {
            type: 'string',
            enum: [
              'refresh',
              'hard-refresh',
              'sync',
              'terminate',
              'rollback',
              'rollout-promote',
              'rollout-promote-full',
              'rollout-abort',
              'rollout-retry',
              'rollout-restart',
            ],
          },
          expected: {
            type: 'object',
            required: ['actionKey'],
            additionalProperties: false,
            properties: {
              actionKey: {
                description: 'As in the deployment that the page showed.',
                type: 'string',
                minLength: 1,
                maxLength: 256,
              },
            },
          },
          reason: { type: 'string', maxLength: 500 },
          resources: {
            type: 'array',
            minItems: 1,
            maxItems: 500,
            items: { $ref: '#/components/schemas/ResourceRef' },
          },
          prune: { type: 'boolean' },
          dryRun: { type: 'boolean' },
          force: { type: 'boolean' },
          replace: { type: 'boolean' },
          historyId: { type: 'integer', minimum: 0 },
          rollout: {
            type: 'object',
            required: ['name'],
            additionalProperties: false,
            properties: {
              namespace: { type: 'string', maxLength: 63 },
              name: { type: 'string', maxLength: 253 },
            },
          },
        },
      },
      DurationFigures: {
        'x-domain-type': 'DurationFigures',
        description:
          'Durations in milliseconds; the nearest-rank percentiles are absent without any.',
        type: 'object',
        required: ['count'],
        properties: {
          count: { type: 'integer' },
          p50Ms: { type: 'integer' },
          p90Ms: { type: 'integer' },
        },
      },
      PerformanceFigures: {
        'x-domain-type': 'PerformanceFigures',
        description:
          'How well versions were delivered in one period, by when they were deployed.',
        type: 'object',
        required: [
          'deployments',
          'attempts',
          'failures',
          'leadTime',
          'leadTimeStages',
          'restoreTime',
          'observed',
          'leftOut',
        ],
        properties: {
          deployments: {
            description: 'How many became Healthy.',
            type: 'integer',
          },
          attempts: {
            description: 'How many became Healthy or failed.',
            type: 'integer',
          },
          failures: {
            description:
              'How many of the attempts failed or were rolled back, even if they recovered.',
            type: 'integer',
          },
          leadTime: {
            description: 'From the push of a version until it was Healthy.',
            $ref: '#/components/schemas/DurationFigures',
          },
          leadTimeStages: {
            description:
              'How long `count` versions together took to reach each stage, from the one before it.',
            type: 'object',
            required: ['count', 'totalMs'],
            properties: {
              count: { type: 'integer' },
              totalMs: {
                type: 'object',
                properties: {
                  proposed: { type: 'integer' },
                  committed: { type: 'integer' },
                  synced: { type: 'integer' },
                  healthy: { type: 'integer' },
                },
              },
            },
          },
          restoreTime: {
            description:
              'From the failure of a deployment until a version was Healthy, or the rollback was applied.',
            $ref: '#/components/schemas/DurationFigures',
          },
          observed: {
            description:
              'How many versions have times that were observed rather than reported.',
            type: 'integer',
          },
          leftOut: {
            description:
              "How many versions, or deployments, aren't part of figures, by `LeftOutReason` of the common library.",
            type: 'object',
            properties: {
              'before-watch': { type: 'integer' },
              repeated: { type: 'integer' },
              'under-way': { type: 'integer' },
              unconfirmed: { type: 'integer' },
              'no-push-time': { type: 'integer' },
              'no-stage-times': { type: 'integer' },
              'no-failure-time': { type: 'integer' },
              'not-restored': { type: 'integer' },
            },
          },
        },
      },
      PerformanceResponse: {
        description:
          '`GET performance?entity&owner&system&environment&from&to&interval`',
        type: 'object',
        required: [
          'from',
          'to',
          'interval',
          'environments',
          'applications',
          'current',
          'previous',
          'buckets',
        ],
        properties: {
          from: { description: 'The first day, in UTC.', type: 'string' },
          to: { description: 'The last day.', type: 'string' },
          interval: { type: 'string', enum: ['day', 'week'] },
          environments: {
            description: 'Those that can be asked for, in their order.',
            type: 'array',
            items: { type: 'string' },
          },
          applications: {
            description: 'How many applications the figures are about.',
            type: 'integer',
          },
          truncated: {
            description:
              'Set where other applications of the entity are left out.',
            $ref: '#/components/schemas/TruncatedApplications',
          },
          watchedSince: {
            description:
              'When the first of the applications was observed; ISO 8601. Nothing is known from before.',
            type: 'string',
          },
          keptSince: {
            description: 'The day from which nothing is deleted yet.',
            type: 'string',
          },
          current: {
            description: 'The whole period.',
            $ref: '#/components/schemas/PerformanceFigures',
          },
          previous: {
            description: 'The same number of days before it.',
            $ref: '#/components/schemas/PerformanceFigures',
          },
          buckets: {
            description: 'The parts of the period, oldest first.',
            type: 'array',
            items: {
              type: 'object',
              required: ['from', 'to', 'figures'],
              properties: {
                from: { description: 'The first day.', type: 'string' },
                to: { description: 'The last day.', type: 'string' },
                figures: { $ref: '#/components/schemas/PerformanceFigures' },
              },
            },
          },
        },
      },
      ApplicationRef: {
        'x-domain-type': 'ApplicationRef',
        type: 'object',
        required: ['instance', 'namespace', 'name'],
        properties: {
          instance: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
        },
      },
      ImageVersion: {
        'x-domain-type': 'ImageVersion',
        type: 'object',
        properties: { tag: { type: 'string' }, digest: { type: 'string' } },
      },
      DeployedImage: {
        description:
          'One image of an application: what runs, and what Git wants.',
        type: 'object',
        required: ['repository', 'running'],
        properties: {
          repository: {
            description: 'With registry host, without tag.',
            type: 'string',
          },
          running: {
            description:
              'What live pods run; two while a rollout is under way, the old one first. Empty: no pod runs.',
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          removed: {
            description:
              "Of the running versions, those that the repository had but no longer has, so pods that start elsewhere can't pull them.",
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          desired: {
            description:
              'What the latest sync applied, when it is known and differs from what runs.',
            $ref: '#/components/schemas/ImageVersion',
          },
          link: {
            description:
              'The page of the newest running version in its registry; absent if it has none.',
            type: 'string',
          },
        },
      },
      PodFailure: {
        'x-domain-type': 'PodFailure',
        description:
          "Pods that don't start or that crash, all for the same reason.",
        type: 'object',
        required: ['pod', 'pods'],
        properties: {
          pod: { type: 'string' },
          namespace: { type: 'string' },
          pods: { type: 'integer' },
          reason: { type: 'string' },
          message: { type: 'string' },
        },
      },
      DeployedSources: {
        description:
          "Where an application's manifests come from, if not from one path of a Git repository.",
        type: 'object',
        required: ['total', 'charts'],
        properties: {
          total: { description: 'How many sources it has.', type: 'integer' },
          charts: {
            description: 'The Helm charts among them.',
            type: 'array',
            items: {
              type: 'object',
              required: ['name'],
              properties: {
                name: { type: 'string' },
                version: {
                  description:
                    'What the application is compared with, or the requested version or range.',
                  type: 'string',
                },
              },
            },
          },
        },
      },
      ApplicationSuggestion: {
        description:
          'An annotation by which the entity would get applications that provably belong to it.',
        type: 'object',
        required: ['annotation', 'value', 'applications'],
        properties: {
          annotation: { type: 'string' },
          value: { type: 'string' },
          applications: {
            description: 'Which ones, by instance, namespace and name.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationRef' },
          },
          repositories: {
            description:
              'Repositories that the images of their pods come from, as in image references, at most 20. Absent if none run.',
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
      StageTime: {
        'x-domain-type': 'StageTime',
        type: 'object',
        required: ['at', 'basis'],
        properties: {
          at: { type: 'string' },
          basis: { type: 'string', enum: ['reported', 'observed'] },
        },
      },
      Initiator: {
        'x-domain-type': 'Initiator',
        type: 'object',
        required: ['automated'],
        properties: {
          username: { type: 'string' },
          automated: { type: 'boolean' },
        },
      },
      MergeRequest: {
        'x-domain-type': 'MergeRequest',
        type: 'object',
        description: 'A pull or merge request on a Git host.',
        required: ['url', 'number', 'title', 'state', 'updatedAt'],
        properties: {
          url: { type: 'string' },
          number: { type: 'integer' },
          title: { type: 'string' },
          state: { type: 'string', enum: ['open', 'closed', 'merged'] },
          author: { type: 'string' },
          mergedAt: { type: 'string' },
          updatedAt: { type: 'string' },
        },
      },
      Promotion: {
        'x-domain-type': 'DescribedPromotion',
        type: 'object',
        required: ['id', 'application', 'repository', 'version', 'stages'],
        properties: {
          id: { type: 'string' },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          repository: { type: 'string' },
          version: { $ref: '#/components/schemas/ImageVersion' },
          previous: { $ref: '#/components/schemas/ImageVersion' },
          stages: {
            type: 'object',
            properties: {
              pushed: { $ref: '#/components/schemas/StageTime' },
              proposed: {
                description:
                  'Only where updates are written to a branch that somebody must merge.',
                $ref: '#/components/schemas/StageTime',
              },
              committed: { $ref: '#/components/schemas/StageTime' },
              synced: { $ref: '#/components/schemas/StageTime' },
              healthy: { $ref: '#/components/schemas/StageTime' },
            },
          },
          outcome: {
            type: 'string',
            enum: ['live', 'failed', 'superseded', 'rolled-back', 'abandoned'],
          },
          outcomeAt: { $ref: '#/components/schemas/StageTime' },
          reason: { $ref: '#/components/schemas/Message' },
          proposal: {
            type: 'object',
            description: 'The commit on a branch that somebody must merge.',
            required: ['repoUrl', 'branch', 'base', 'revision'],
            properties: {
              repoUrl: { type: 'string' },
              branch: { type: 'string' },
              base: { type: 'string' },
              revision: { type: 'string' },
              request: { $ref: '#/components/schemas/MergeRequest' },
            },
          },
          commit: {
            type: 'object',
            required: ['repoUrl', 'revision', 'exact'],
            properties: {
              repoUrl: { type: 'string' },
              revision: { type: 'string' },
              author: { type: 'string' },
              date: { type: 'string' },
              message: { type: 'string' },
              exact: { type: 'boolean' },
              request: { $ref: '#/components/schemas/MergeRequest' },
            },
          },
          sync: {
            type: 'object',
            required: ['revisions'],
            properties: {
              historyId: { type: 'integer' },
              revisions: { type: 'array', items: { type: 'string' } },
              startedAt: { type: 'string' },
              finishedAt: { type: 'string' },
              initiatedBy: { $ref: '#/components/schemas/Initiator' },
              message: { type: 'string' },
            },
          },
          failure: {
            type: 'object',
            required: ['at'],
            properties: {
              at: { $ref: '#/components/schemas/StageTime' },
              reason: { $ref: '#/components/schemas/Message' },
            },
          },
          rollback: { type: 'boolean' },
          undoesRollback: { type: 'boolean' },
        },
      },
      Message: {
        type: 'object',
        description:
          'A sentence as data. `code` and `parameters` are for translation; `message` is the sentence in English.',
        required: ['code', 'parameters', 'message'],
        properties: {
          code: { type: 'string' },
          parameters: { $ref: '#/components/schemas/MessageParameters' },
          message: { type: 'string' },
        },
      },
      MessageParameters: {
        type: 'object',
        description:
          'Texts, messages (`code` and `parameters`) or lists of messages, by name.',
        additionalProperties: true,
      },
      StuckReason: {
        'x-domain-type': 'DescribedStuckReason',
        type: 'object',
        description:
          'What a promotion waits for, by `StuckCode` of the common library.',
        required: ['code', 'parameters', 'message'],
        properties: {
          code: { type: 'string' },
          parameters: { $ref: '#/components/schemas/MessageParameters' },
          message: { type: 'string' },
          since: { type: 'string' },
          note: { $ref: '#/components/schemas/Message' },
          advice: { $ref: '#/components/schemas/Message' },
        },
      },
      PromotionItem: {
        description: 'A promotion with what a page needs to draw it.',
        allOf: [
          { $ref: '#/components/schemas/Promotion' },
          {
            type: 'object',
            required: ['environment', 'links'],
            properties: {
              environment: { type: 'string' },
              waiting: {
                description:
                  'What it waits for, while it is under way or failed.',
                $ref: '#/components/schemas/StuckReason',
              },
              links: {
                type: 'object',
                properties: {
                  argocd: { type: 'string' },
                  commit: { type: 'string' },
                  image: { type: 'string' },
                },
              },
            },
          },
        ],
      },
      PromotionsResponse: {
        description:
          '`GET entities/{kind}/{namespace}/{name}/promotions?limit&cursor&environment&repository&outcome`',
        type: 'object',
        required: ['items'],
        properties: {
          truncated: {
            description:
              'Set where promotions into other applications of the entity are left out.',
            $ref: '#/components/schemas/TruncatedApplications',
          },
          items: {
            description: 'Newest first.',
            type: 'array',
            items: { $ref: '#/components/schemas/PromotionItem' },
          },
          nextCursor: {
            description:
              'Pass as `cursor` to get the next page; absent on the last one.',
            type: 'string',
          },
        },
      },
      Health: {
        'x-domain-type': 'HealthStatus',
        type: 'string',
        enum: [
          'Healthy',
          'Progressing',
          'Degraded',
          'Suspended',
          'Missing',
          'Unknown',
        ],
      },
      Deployment: {
        description: 'An application as the Deployments card shows it.',
        type: 'object',
        required: [
          'application',
          'key',
          'project',
          'destination',
          'health',
          'sync',
          'images',
          'automatedSync',
          'conditions',
          'unwell',
          'links',
        ],
        properties: {
          application: { $ref: '#/components/schemas/ApplicationRef' },
          key: {
            description:
              'Identifies the application in signals (`DELIVERY_CHANNEL`) without naming it.',
            type: 'string',
          },
          project: { type: 'string' },
          destination: {
            type: 'object',
            properties: {
              server: { type: 'string' },
              name: { type: 'string' },
              namespace: { type: 'string' },
            },
          },
          health: {
            type: 'object',
            required: ['status'],
            properties: {
              status: { $ref: '#/components/schemas/Health' },
              message: { type: 'string' },
              since: { type: 'string' },
            },
          },
          sync: {
            type: 'object',
            required: ['status', 'revisions', 'outOfSync'],
            properties: {
              status: {
                'x-domain-type': 'SyncStatus',
                type: 'string',
                enum: ['Synced', 'OutOfSync', 'Unknown'],
              },
              revisions: { type: 'array', items: { type: 'string' } },
              outOfSync: { type: 'integer' },
            },
          },
          operation: {
            description: 'The latest or running sync operation.',
            type: 'object',
            required: ['phase', 'startedAt'],
            properties: {
              phase: { type: 'string' },
              message: { type: 'string' },
              startedAt: { type: 'string' },
              finishedAt: { type: 'string' },
              initiatedBy: { $ref: '#/components/schemas/Initiator' },
            },
          },
          images: {
            type: 'array',
            items: { $ref: '#/components/schemas/DeployedImage' },
          },
          deployedAt: {
            description: 'When the version that runs got there; ISO 8601.',
            type: 'string',
          },
          deployedBy: {
            description:
              'Author of the revision that runs, such as `argocd-image-updater <noreply@argoproj.io>`.',
            type: 'string',
          },
          actionKey: {
            description:
              'Changes with whatever an action on the application depends on: what Git wants, what runs, its operation. Actions send it back, so that nobody acts on something else than the page showed. It may also change with a commit that changes nothing of the application; the one of before is accepted then.',
            type: 'string',
          },
          automatedSync: { type: 'boolean' },
          conditions: {
            type: 'array',
            items: {
              type: 'object',
              required: ['type', 'message'],
              properties: {
                type: { type: 'string' },
                message: { type: 'string' },
                lastTransitionTime: { type: 'string' },
              },
            },
          },
          unwell: {
            type: 'array',
            items: {
              type: 'object',
              required: ['group', 'kind', 'name'],
              properties: {
                group: { type: 'string' },
                kind: { type: 'string' },
                namespace: { type: 'string' },
                name: { type: 'string' },
                syncStatus: { type: 'string' },
                health: {
                  type: 'object',
                  required: ['status'],
                  properties: {
                    status: { $ref: '#/components/schemas/Health' },
                    message: { type: 'string' },
                  },
                },
              },
            },
          },
          podFailures: {
            description:
              'Why its pods fail; absent if none does, or while it is well.',
            type: 'array',
            items: { $ref: '#/components/schemas/PodFailure' },
          },
          sources: {
            description:
              'Absent for a single source that is a path in a Git repository.',
            $ref: '#/components/schemas/DeployedSources',
          },
          promotion: {
            description: 'The promotion under way, if there is one.',
            $ref: '#/components/schemas/Promotion',
          },
          waiting: {
            description: 'What `promotion` waits for.',
            $ref: '#/components/schemas/StuckReason',
          },
          links: {
            type: 'object',
            required: ['external'],
            properties: {
              argocd: { type: 'string' },
              commit: { type: 'string' },
              external: { type: 'array', items: { type: 'string' } },
            },
          },
        },
      },
      InstanceStatus: {
        description:
          'The state of one configured Argo CD instance, as its watch sees it.',
        type: 'object',
        required: ['name', 'state', 'since', 'applications'],
        properties: {
          name: { type: 'string' },
          state: {
            description:
              '`connecting`: not read yet since the start; `live`: the stream is open; `unreachable`: what is shown is as of `lastReceivedAt`.',
            type: 'string',
            enum: ['connecting', 'live', 'unreachable'],
          },
          since: {
            description: 'Since when it has been in this state; ISO 8601, UTC.',
            type: 'string',
          },
          lastReceivedAt: {
            description:
              'When Argo CD last sent anything (an event, a heartbeat, a list). Of an entity: only while the instance is not live, since otherwise it is seconds ago.',
            type: 'string',
          },
          applications: {
            description: 'How many of its applications are kept.',
            type: 'integer',
          },
          error: {
            description:
              "Why it isn't live, or, when it is, why not all applications are followed.",
            $ref: '#/components/schemas/InstanceError',
          },
        },
      },
      InstanceError: {
        'x-domain-type': 'DescribedInstanceError',
        type: 'object',
        description:
          "Why an instance isn't followed, in a sentence without addresses and names.",
        required: ['code', 'parameters', 'message'],
        properties: {
          code: {
            type: 'string',
            enum: [
              'unreachable',
              'connection-refused',
              'host-not-found',
              'timed-out',
              'certificate-untrusted',
              'certificate-expired',
              'certificate-of-another-host',
              'tls-failed',
              'credentials-unusable',
              'unauthorized',
              'forbidden',
              'invalid-answer',
              'not-stored',
              'partly-unread',
              'list-unconfirmed',
              'unknown',
            ],
          },
          parameters: { $ref: '#/components/schemas/MessageParameters' },
          message: { type: 'string' },
          detail: {
            description:
              'What was reported, with addresses and names, for callers with the permission `delivery.instances.read`.',
            $ref: '#/components/schemas/Message',
          },
        },
      },
      TruncatedApplications: {
        type: 'object',
        description:
          "The answer covers only the first of the entity's applications.",
        required: ['shown', 'total', 'advice'],
        properties: {
          shown: {
            description: 'How many applications the answer covers.',
            type: 'integer',
          },
          total: {
            description:
              "How many applications the entity's annotations match.",
            type: 'integer',
          },
          advice: {
            'x-domain-type': 'DescribedAdvice',
            description: 'What to do.',
            $ref: '#/components/schemas/Message',
          },
        },
      },
      Problem: {
        'x-domain-type': 'DescribedProblem',
        type: 'object',
        description:
          'What somebody has to fix, by `ProblemCode` of the common library.',
        required: ['code', 'parameters', 'message', 'advice'],
        properties: {
          code: { type: 'string' },
          parameters: { $ref: '#/components/schemas/MessageParameters' },
          message: { type: 'string' },
          advice: {
            description: 'What to do.',
            $ref: '#/components/schemas/Message',
          },
          detail: {
            description:
              'Addresses, role ARNs or names, for callers with the permission `delivery.instances.read`.',
            $ref: '#/components/schemas/Message',
          },
        },
      },
      DeploymentsResponse: {
        description: '`GET entities/{kind}/{namespace}/{name}/deployments`',
        type: 'object',
        required: ['environments', 'instances', 'problems', 'locator'],
        properties: {
          truncated: {
            description:
              'Set where the entity has more applications than an answer may hold.',
            $ref: '#/components/schemas/TruncatedApplications',
          },
          environments: {
            description:
              'The applications of each environment; environments come in configured order.',
            type: 'array',
            items: {
              type: 'object',
              required: ['environment', 'deployments'],
              properties: {
                environment: { type: 'string' },
                deployments: {
                  type: 'array',
                  items: { $ref: '#/components/schemas/Deployment' },
                },
              },
            },
          },
          instances: {
            description:
              "The instances that the entity's applications can be in.",
            type: 'array',
            items: { $ref: '#/components/schemas/InstanceStatus' },
          },
          problems: {
            type: 'array',
            description:
              "What is wrong with the annotations, and what isn't shown; the rest is.",
            items: {
              'x-domain-type': 'DescribedApplicationProblem',
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                {
                  type: 'object',
                  properties: {
                    code: {
                      enum: [
                        'annotation-too-long',
                        'too-many',
                        'name-malformed',
                        'instance-unknown',
                        'applications-withheld',
                      ],
                    },
                  },
                },
              ],
            },
          },
          locator: {
            description:
              'Nothing matched: which annotations were looked at, to be shown with what to do.',
            type: 'object',
            required: ['annotations'],
            properties: {
              annotations: {
                type: 'object',
                additionalProperties: { type: 'string' },
              },
            },
          },
          suggestions: {
            description:
              'Of an entity without annotations: applications that look like it and provably belong to it (`delivery.access`), whatever the mode for reading is. Absent if there are none.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationSuggestion' },
          },
          unconfigured: {
            description: 'Set if no Argo CD is configured at all.',
            type: 'boolean',
          },
        },
      },
      ImageApplication: {
        description:
          'An application with the policy by which the Image Updater takes images of one repository into it.',
        type: 'object',
        required: [
          'key',
          'application',
          'environment',
          'repository',
          'running',
          'state',
          'problems',
        ],
        properties: {
          key: {
            description:
              'Identifies the application in `ImageItem` and in signals.',
            type: 'string',
          },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          environment: { type: 'string' },
          repository: { type: 'string' },
          running: {
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          removed: {
            description:
              "Of the running versions, those that the repository had but no longer has, so pods that start elsewhere can't pull them.",
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          state: {
            'x-domain-type': 'PolicyState',
            type: 'string',
            enum: ['managed', 'unusable', 'not-enabled', 'unmanaged'],
          },
          updater: {
            description:
              'The ImageUpdater resource that handles the application.',
            type: 'object',
            required: ['namespace', 'name'],
            properties: {
              namespace: { type: 'string' },
              name: { type: 'string' },
            },
          },
          policy: {
            'x-domain-type': 'ImagePolicy',
            type: 'object',
            description:
              "The Image Updater's settings for the image, as `ImagePolicy` of the common library.",
          },
          otherPolicies: {
            type: 'array',
            description: 'Those of the other aliases of the repository.',
            items: { 'x-domain-type': 'ImagePolicy', type: 'object' },
          },
          next: {
            description:
              'What the updater does next, given all images that are known.',
            type: 'object',
            required: ['outcome', 'reason'],
            properties: {
              outcome: {
                'x-domain-type': 'SelectionOutcome',
                type: 'string',
                enum: [
                  'update',
                  'up-to-date',
                  'chosen',
                  'not-live',
                  'unpredictable',
                  'none',
                  'unusable',
                ],
              },
              version: { $ref: '#/components/schemas/ImageVersion' },
              downgrade: {
                description:
                  'Whether the policy orders `version` before the running one.',
                type: 'boolean',
              },
              reason: {
                'x-domain-type': 'DescribedSelectionReason',
                $ref: '#/components/schemas/Message',
              },
            },
          },
          problems: {
            description: 'What is wrong with the settings, and what to do.',
            type: 'array',
            items: {
              'x-domain-type': 'DescribedPolicyProblem',
              type: 'object',
              required: ['code', 'message', 'advice'],
              properties: {
                code: { type: 'string' },
                message: {
                  type: 'string',
                  description: 'As Image Updater reports it.',
                },
                advice: { $ref: '#/components/schemas/Message' },
              },
            },
          },
        },
      },
      ApplicationFindings: {
        description:
          'Settings of the Image Updater for an application that should be changed.',
        type: 'object',
        required: ['key', 'application', 'environment', 'findings'],
        properties: {
          key: { description: 'As in `ImageApplication`.', type: 'string' },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          environment: { type: 'string' },
          findings: {
            description: 'The worst first.',
            type: 'array',
            items: {
              'x-domain-type': 'DescribedLintFinding',
              type: 'object',
              required: ['code', 'severity', 'place', 'effect', 'fix'],
              properties: {
                code: { type: 'string' },
                severity: {
                  type: 'string',
                  enum: ['error', 'warning', 'info'],
                },
                place: {
                  type: 'object',
                  description:
                    'Keys and indexes that lead to the setting in a resource.',
                  required: ['kind', 'namespace', 'name', 'path'],
                  properties: {
                    kind: {
                      type: 'string',
                      enum: ['Application', 'ImageUpdater'],
                    },
                    namespace: { type: 'string' },
                    name: { type: 'string' },
                    path: {
                      type: 'array',
                      items: {
                        oneOf: [{ type: 'string' }, { type: 'integer' }],
                      },
                    },
                  },
                },
                effect: { $ref: '#/components/schemas/Message' },
                fix: { $ref: '#/components/schemas/Message' },
              },
            },
          },
        },
      },
      ImageItem: {
        description: 'An image of a registry: one digest with all its tags.',
        type: 'object',
        required: [
          'repository',
          'digest',
          'tags',
          'seenAt',
          'runsIn',
          'verdicts',
          'links',
        ],
        properties: {
          repository: { type: 'string' },
          digest: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' } },
          pushedAt: {
            description: "The registry's own time; ISO 8601.",
            type: 'string',
          },
          seenAt: {
            description: 'When it was first seen; ISO 8601, UTC.',
            type: 'string',
          },
          sizeInBytes: {
            description:
              'Compressed, as it is pulled; of an index, what the registry gives for it.',
            type: 'integer',
          },
          mediaType: {
            description:
              'Of its manifest, or of its index of manifests for several platforms.',
            type: 'string',
          },
          artifactMediaType: {
            description:
              "What it is the manifest of: for a container image, the media type of an image's configuration.",
            type: 'string',
          },
          builds: {
            type: 'array',
            description:
              'When and for which platforms it was built, where a policy goes by it.',
            items: {
              'x-domain-type': 'ImageBuild',
              type: 'object',
              properties: {
                platform: { type: 'string' },
                builtAt: { type: 'string' },
              },
            },
          },
          children: {
            description:
              "Of an index: what it holds for each platform. Absent: it is none, or couldn't be read.",
            type: 'array',
            items: {
              type: 'object',
              required: ['digest'],
              properties: {
                digest: { type: 'string' },
                platform: {
                  description:
                    'Such as `linux/amd64` or `linux/arm/v7`; absent for what runs nowhere, such as attestations.',
                  type: 'string',
                },
              },
            },
          },
          childOf: {
            description:
              'Digests of the indexes of its repository that hold it: without tags of its own, it is not a version but a part of theirs.',
            type: 'array',
            items: { type: 'string' },
          },
          lastPulledAt: {
            description:
              'When it was last pulled, if the registry records that; ISO 8601.',
            type: 'string',
          },
          scan: {
            description:
              "The registry's scan for vulnerabilities. For an index without its own scan: the merged scan of its platform images.",
            type: 'object',
            required: ['status'],
            properties: {
              status: {
                description:
                  "In the registry's words: of ECR `COMPLETE` (basic), `ACTIVE` (enhanced), `FAILED`, `UNSUPPORTED_IMAGE` and others.",
                type: 'string',
              },
              description: { type: 'string' },
              at: {
                description:
                  'When it ended, or when its findings last changed; ISO 8601.',
                type: 'string',
              },
              severities: {
                description:
                  'Findings by severity, such as `CRITICAL`; absent: not known.',
                type: 'object',
                additionalProperties: { type: 'integer' },
              },
            },
          },
          runsIn: {
            description: 'Keys of the applications that run it.',
            type: 'array',
            items: { type: 'string' },
          },
          verdicts: {
            description:
              'What the Image Updater makes of it, for each application that has a policy for its repository.',
            type: 'array',
            items: {
              type: 'object',
              required: ['key', 'accepted', 'isNext', 'code', 'reason'],
              properties: {
                key: { description: 'Key of the application.', type: 'string' },
                accepted: {
                  description:
                    'The policy takes it, unless another version comes after it.',
                  type: 'boolean',
                },
                isNext: {
                  description:
                    'It is what the updater sets next, or what it set.',
                  type: 'boolean',
                },
                code: { 'x-domain-type': 'VerdictCode', type: 'string' },
                reason: {
                  'x-domain-type': 'DescribedVerdictReason',
                  $ref: '#/components/schemas/Message',
                },
              },
            },
          },
          links: { type: 'object', properties: { image: { type: 'string' } } },
        },
      },
      WouldUpdateApplication: {
        description:
          'What the Image Updater would do with one image repository of an application.',
        allOf: [
          { $ref: '#/components/schemas/ImageApplication' },
          {
            type: 'object',
            required: ['others', 'othersTotal'],
            properties: {
              verdict: {
                description:
                  'On the tag that was asked about; absent if the application has no policy for the repository.',
                type: 'object',
                required: [
                  'tag',
                  'known',
                  'accepted',
                  'isNext',
                  'code',
                  'reason',
                ],
                properties: {
                  tag: { type: 'string' },
                  known: {
                    description: 'The registry has it.',
                    type: 'boolean',
                  },
                  accepted: {
                    description:
                      'The policy takes it, unless another version comes after it.',
                    type: 'boolean',
                  },
                  isNext: {
                    description:
                      'Of all known versions, it is the one that the updater sets, or set.',
                    type: 'boolean',
                  },
                  code: { 'x-domain-type': 'VerdictCode', type: 'string' },
                  reason: {
                    'x-domain-type': 'DescribedVerdictReason',
                    $ref: '#/components/schemas/Message',
                  },
                },
              },
              others: {
                description:
                  'Versions that the updater does not choose, and why; of those that the registry has, the last 20 pushed, newest first.',
                type: 'array',
                items: {
                  type: 'object',
                  required: ['tag', 'code', 'reason'],
                  properties: {
                    tag: { type: 'string' },
                    code: { 'x-domain-type': 'VerdictCode', type: 'string' },
                    reason: {
                      'x-domain-type': 'DescribedVerdictReason',
                      $ref: '#/components/schemas/Message',
                    },
                  },
                },
              },
              othersTotal: {
                description: 'How many versions it does not choose.',
                type: 'integer',
              },
            },
          },
        ],
      },
      WouldUpdateResponse: {
        description:
          '`GET entities/{kind}/{namespace}/{name}/would-update?repository&tag&environment`',
        type: 'object',
        required: ['repositories', 'applications', 'findings'],
        properties: {
          truncated: {
            description:
              'Set where other applications of the entity are left out.',
            $ref: '#/components/schemas/TruncatedApplications',
          },
          repositories: {
            description:
              "The image repositories of the entity's applications, and those that its annotations reference.",
            type: 'array',
            items: { type: 'string' },
          },
          applications: {
            description:
              'By environment; one for each image repository of an application.',
            type: 'array',
            items: { $ref: '#/components/schemas/WouldUpdateApplication' },
          },
          findings: {
            description:
              'The applications among these with settings that the Image Updater ignores or misreads, or that do harm.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationFindings' },
          },
        },
      },
      ImageUserItem: {
        description:
          'An application that uses an image repository, with what it runs of it.',
        type: 'object',
        required: [
          'entityRefs',
          'application',
          'environment',
          'repository',
          'running',
          'health',
          'sync',
        ],
        properties: {
          entityRefs: {
            description:
              'Full refs of the services that it belongs to, among those that the caller may see.',
            type: 'array',
            items: { type: 'string' },
          },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          environment: { type: 'string' },
          repository: { type: 'string' },
          running: {
            description:
              'What live pods run; two while a rollout is under way. Empty, if no pod runs it.',
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          health: { $ref: '#/components/schemas/Health' },
          sync: {
            'x-domain-type': 'SyncStatus',
            type: 'string',
            enum: ['Synced', 'OutOfSync', 'Unknown'],
          },
          deployedAt: {
            description:
              "When the version of the application's main image that runs got there; ISO 8601.",
            type: 'string',
          },
        },
      },
      ImageUsersResponse: {
        description:
          '`GET image-users?repository&tag&digest&environment&limit`',
        type: 'object',
        required: ['repositories', 'total', 'items', 'unreachable'],
        properties: {
          repositories: {
            description: 'The full names of the repositories that were found.',
            type: 'array',
            items: { type: 'string' },
          },
          total: {
            description: 'How many applications match.',
            type: 'integer',
          },
          items: {
            description: 'The first of them, by environment and service.',
            type: 'array',
            items: { $ref: '#/components/schemas/ImageUserItem' },
          },
          unreachable: {
            description:
              "The Argo CD instances among these that can't be reached; their applications are shown as they were last seen.",
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
      ImagesResponse: {
        description:
          '`GET entities/{kind}/{namespace}/{name}/images?limit&cursor&repository`',
        type: 'object',
        required: ['repositories', 'problems', 'keys', 'applications', 'items'],
        properties: {
          truncated: {
            description:
              'Set where other applications of the entity, and images of only these, are left out.',
            $ref: '#/components/schemas/TruncatedApplications',
          },
          repositories: {
            type: 'array',
            description:
              "The repositories of the entity's applications, and those that its annotations reference.",
            items: { type: 'string' },
          },
          problems: {
            type: 'array',
            description:
              "What is wrong with the annotations that reference repositories, and which repositories can't be read.",
            items: {
              'x-domain-type': 'DescribedRepositoryProblem',
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                {
                  type: 'object',
                  properties: {
                    code: {
                      enum: [
                        'annotation-too-long',
                        'too-many',
                        'arn-missing',
                        'arn-malformed',
                        'tags-malformed',
                        'tags-too-long',
                        'repository-not-allowed',
                        'repositories-not-allowed',
                        'nothing-tagged',
                        'too-many-tagged',
                        'search-failed',
                        'account-not-configured',
                        'read-failed',
                      ],
                    },
                  },
                },
              ],
            },
          },
          keys: {
            type: 'array',
            description: 'What signals name when any of this changes.',
            items: { type: 'string' },
          },
          applications: {
            description:
              'What each application does with the images of a repository, by environment.',
            type: 'array',
            items: { $ref: '#/components/schemas/ImageApplication' },
          },
          findings: {
            description:
              'The applications with settings that the Image Updater ignores or misreads, or that do harm.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationFindings' },
          },
          items: {
            description: 'Newest first, by when they were pushed.',
            type: 'array',
            items: { $ref: '#/components/schemas/ImageItem' },
          },
          updaterPlatform: {
            description:
              'Where the Image Updater runs, as `os/architecture`: what it looks for where a policy names no platforms. Absent: `linux/amd64`.',
            type: 'string',
          },
          nextCursor: {
            description:
              'Pass as `cursor` to get the next page; absent on the last one.',
            type: 'string',
          },
        },
      },
      VersionCell: {
        'x-domain-type': 'VersionCell',
        type: 'object',
        description: 'What a version is in one environment.',
        required: ['environment', 'states'],
        properties: {
          environment: { type: 'string' },
          states: {
            description: 'At least one; what matters most first.',
            type: 'array',
            items: {
              type: 'object',
              required: ['state', 'applications', 'stays'],
              properties: {
                state: {
                  description:
                    '`failed`: its sync failed, or an application is Degraded with it; `rolled-back`: an earlier deployment was put in its place; `skipped`: it was on its way, but was never deployed.',
                  type: 'string',
                  enum: [
                    'failed',
                    'on-its-way',
                    'running',
                    'rolled-back',
                    'was-here',
                    'skipped',
                  ],
                },
                applications: {
                  description:
                    'How many applications of the environment have this state.',
                  type: 'integer',
                },
                at: {
                  description:
                    'Since when it runs, when it reached `stage`, or when it failed or ended; the latest of these applications. ISO 8601, UTC.',
                  type: 'string',
                },
                stage: {
                  description:
                    'The stage that all these applications have reached; only with `on-its-way`.',
                  type: 'string',
                  enum: [
                    'pushed',
                    'proposed',
                    'committed',
                    'synced',
                    'healthy',
                  ],
                },
                stays: {
                  description:
                    "The latest times in which it was live, newest first. A version can be somewhere more than once. A time that isn't known is absent.",
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: {
                      from: { type: 'string' },
                      to: { type: 'string' },
                    },
                  },
                },
                promotion: {
                  description:
                    'Id of the promotion that the state is taken from.',
                  type: 'string',
                },
              },
            },
          },
        },
      },
      VersionItem: {
        description:
          'A version of an image repository, with what it is in each environment.',
        type: 'object',
        required: ['id', 'version', 'tags', 'cells', 'commits', 'links'],
        properties: {
          id: {
            description:
              'Unique among the versions of the repository, also across pages.',
            type: 'string',
          },
          version: { $ref: '#/components/schemas/ImageVersion' },
          tags: {
            description: 'All known tags; that of `version` first.',
            type: 'array',
            items: { type: 'string' },
          },
          at: {
            description:
              'When it began its way, or was pushed; versions are sorted by it. ISO 8601, UTC.',
            type: 'string',
          },
          pushedAt: {
            description: "The registry's own time; ISO 8601.",
            type: 'string',
          },
          removed: {
            description: 'The registry had it, but has it no more.',
            type: 'boolean',
          },
          scan: {
            description: 'As in `ImageItem`.',
            type: 'object',
            required: ['status'],
            properties: {
              status: { type: 'string' },
              description: { type: 'string' },
              at: { type: 'string' },
              severities: {
                type: 'object',
                additionalProperties: { type: 'integer' },
              },
            },
          },
          cells: {
            description:
              'In the order of the environments; those that it never was in are left out.',
            type: 'array',
            items: { $ref: '#/components/schemas/VersionCell' },
          },
          commits: {
            description:
              'The commits of the configuration that brought it into environments.',
            type: 'array',
            items: {
              type: 'object',
              required: ['repoUrl', 'revision', 'exact', 'environments'],
              properties: {
                repoUrl: { type: 'string' },
                revision: { type: 'string' },
                exact: {
                  description: 'False: the revision only contains the change.',
                  type: 'boolean',
                },
                author: { type: 'string' },
                message: { type: 'string' },
                environments: { type: 'array', items: { type: 'string' } },
                url: {
                  description: "The commit's page on its Git host.",
                  type: 'string',
                },
              },
            },
          },
          links: { type: 'object', properties: { image: { type: 'string' } } },
        },
      },
      VersionsResponse: {
        description:
          '`GET entities/{kind}/{namespace}/{name}/versions?repository&environment&limit&cursor`',
        type: 'object',
        required: ['repositories', 'environments', 'items'],
        properties: {
          truncated: {
            description:
              'Set where other applications of the entity are left out.',
            $ref: '#/components/schemas/TruncatedApplications',
          },
          repositories: {
            description:
              'The image repositories of the applications; their own come before sidecars.',
            type: 'array',
            items: { type: 'string' },
          },
          repository: {
            description:
              'Whose versions these are: the requested repository, or the first. Absent: the entity has none.',
            type: 'string',
          },
          environments: {
            description: 'In configured order.',
            type: 'array',
            items: {
              type: 'object',
              required: ['environment', 'applications'],
              properties: {
                environment: { type: 'string' },
                applications: {
                  description: 'How many applications it has.',
                  type: 'integer',
                },
              },
            },
          },
          items: {
            description: 'Newest first.',
            type: 'array',
            items: { $ref: '#/components/schemas/VersionItem' },
          },
          older: {
            description:
              'Only on the first page: the versions that run or are on their way, but are on later pages, where they come again. Newest first.',
            type: 'array',
            items: { $ref: '#/components/schemas/VersionItem' },
          },
          nextCursor: {
            description:
              'Pass as `cursor` to get the next page; absent on the last one.',
            type: 'string',
          },
        },
      },
      AttentionItem: {
        description: 'What somebody has to look at.',
        type: 'object',
        required: ['kind'],
        properties: {
          kind: {
            description:
              "`waiting`: a promotion that doesn't go on by itself; `annotations`, `repositories`: what is wrong with those of the entity; `settings`: those of the Image Updater.",
            type: 'string',
            enum: [
              'instance-unreachable',
              'sync-failed',
              'degraded',
              'missing',
              'waiting',
              'annotations',
              'repositories',
              'settings',
            ],
          },
          instance: {
            description: 'Name of the Argo CD instance that is unreachable.',
            type: 'string',
          },
          environment: { type: 'string' },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          key: { description: 'Key of the application.', type: 'string' },
          reason: {
            'x-domain-type': 'DescribedMessage',
            $ref: '#/components/schemas/Message',
          },
        },
      },
      OverviewResponse: {
        description: '`GET entities/{kind}/{namespace}/{name}/overview`',
        type: 'object',
        required: ['deployments', 'promotions', 'images', 'attention'],
        properties: {
          deployments: {
            description: 'As `deployments` answers.',
            $ref: '#/components/schemas/DeploymentsResponse',
          },
          promotions: {
            description: 'The first page, as `promotions` answers.',
            $ref: '#/components/schemas/PromotionsResponse',
          },
          images: {
            description: 'The newest 20, as `images` answers.',
            $ref: '#/components/schemas/ImagesResponse',
          },
          attention: {
            description: 'The most urgent first.',
            type: 'array',
            items: { $ref: '#/components/schemas/AttentionItem' },
          },
        },
      },
      InstancesResponse: {
        description: '`GET instances`',
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/InstanceStatus' },
          },
        },
      },
      FleetApplication: {
        description: 'An application as the fleet page shows it in a cell.',
        type: 'object',
        required: [
          'key',
          'application',
          'environment',
          'states',
          'running',
          'health',
          'sync',
        ],
        properties: {
          key: { description: 'As in `Deployment`.', type: 'string' },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          environment: { type: 'string' },
          states: {
            description:
              "What is counted of it, the most urgent first; `stale` follows from its instance's state.",
            type: 'array',
            items: { 'x-domain-type': 'ApplicationFleetState', type: 'string' },
          },
          running: {
            description:
              'The versions that live pods run of its main image, the old one first; empty: no pod runs.',
            type: 'array',
            items: { type: 'string' },
          },
          next: {
            description:
              "The version under way, the one that Git wants, or the one that Image Updater would write now, if it doesn't run yet.",
            type: 'string',
          },
          health: { $ref: '#/components/schemas/Health' },
          sync: {
            'x-domain-type': 'SyncStatus',
            type: 'string',
            enum: ['Synced', 'OutOfSync', 'Unknown'],
          },
          phase: {
            description: 'Of the latest or running sync operation.',
            type: 'string',
          },
          deployedAt: {
            description: 'When the version that runs got there; ISO 8601.',
            type: 'string',
          },
          waiting: {
            description:
              'What a version waits for, where somebody has to do something; without note and advice.',
            $ref: '#/components/schemas/StuckReason',
          },
          held: {
            description:
              'The newest version that only the constraint of the update policy excludes.',
            type: 'object',
            required: ['version', 'reason'],
            properties: {
              version: { type: 'string' },
              reason: {
                'x-domain-type': 'DescribedVerdictReason',
                $ref: '#/components/schemas/Message',
              },
            },
          },
        },
      },
      FleetService: {
        description: 'A catalog entity with its applications.',
        type: 'object',
        required: [
          'entityRef',
          'kind',
          'namespace',
          'name',
          'applicationCount',
          'applications',
        ],
        properties: {
          entityRef: { type: 'string' },
          kind: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          title: { type: 'string' },
          owner: {
            description: 'Full ref of the first owner.',
            type: 'string',
          },
          system: { description: 'Full ref.', type: 'string' },
          applicationCount: {
            description: 'How many applications the filter matches.',
            type: 'integer',
          },
          applications: {
            description: 'The first 50 of them, the most urgent first.',
            type: 'array',
            items: { $ref: '#/components/schemas/FleetApplication' },
          },
        },
      },
      FleetFacets: {
        description:
          'The values by which the services that the caller may see can be filtered, each sorted.',
        type: 'object',
        required: ['owners', 'systems', 'environments', 'clusters'],
        properties: {
          owners: { type: 'array', items: { type: 'string' } },
          systems: { type: 'array', items: { type: 'string' } },
          environments: {
            description: 'In the configured order.',
            type: 'array',
            items: { type: 'string' },
          },
          clusters: { type: 'array', items: { type: 'string' } },
        },
      },
      FleetCounters: {
        description:
          'How many services have an application in each state; the other filters apply.',
        type: 'object',
        required: [
          'stuck',
          'degraded',
          'out-of-sync',
          'updating',
          'update-available',
          'held',
          'stale',
        ],
        properties: {
          stuck: { type: 'integer' },
          degraded: { type: 'integer' },
          'out-of-sync': { type: 'integer' },
          updating: { type: 'integer' },
          'update-available': { type: 'integer' },
          held: { type: 'integer' },
          stale: { type: 'integer' },
        },
      },
      FleetResponse: {
        description:
          '`GET fleet?limit&cursor&search&owner&system&environment&cluster&instance&state&sort`',
        type: 'object',
        required: ['total', 'counters', 'instances', 'services', 'keys'],
        properties: {
          total: {
            description: 'How many services match all filters.',
            type: 'integer',
          },
          counters: { $ref: '#/components/schemas/FleetCounters' },
          facets: {
            description: 'Only on the first page.',
            $ref: '#/components/schemas/FleetFacets',
          },
          instances: {
            type: 'array',
            items: { $ref: '#/components/schemas/InstanceStatus' },
          },
          services: {
            type: 'array',
            items: { $ref: '#/components/schemas/FleetService' },
          },
          keys: {
            description: 'What signals name when any of this changes.',
            type: 'array',
            items: { type: 'string' },
          },
          nextCursor: {
            description:
              'Pass as `cursor` to get the next page; absent on the last one.',
            type: 'string',
          },
        },
      },
      ApplicationDetails: {
        description:
          '`GET entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}`',
        type: 'object',
        required: [
          'environment',
          'instance',
          'deployment',
          'sources',
          'history',
          'updater',
        ],
        properties: {
          environment: { type: 'string' },
          instance: {
            description: 'The state of its Argo CD instance.',
            $ref: '#/components/schemas/InstanceStatus',
          },
          deployment: { $ref: '#/components/schemas/Deployment' },
          sources: {
            description: 'The hydrated one, where Argo CD hydrates manifests.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationSourceItem' },
          },
          drySource: {
            description: 'Where people write manifests that Argo CD hydrates.',
            $ref: '#/components/schemas/ApplicationSourceItem',
          },
          history: {
            description: 'Successful, full syncs, newest first.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationHistoryItem' },
          },
          updater: {
            description: 'What the Image Updater does with its images.',
            type: 'object',
            required: ['applications', 'findings', 'images'],
            properties: {
              applications: {
                description:
                  'For each image repository, the policy and what it chooses now.',
                type: 'array',
                items: { $ref: '#/components/schemas/ImageApplication' },
              },
              findings: {
                description: 'Settings that should be changed.',
                type: 'array',
                items: { $ref: '#/components/schemas/ApplicationFindings' },
              },
              images: {
                description:
                  'The newest images that a policy is for, and why it takes or rejects them.',
                type: 'array',
                items: { $ref: '#/components/schemas/ImageItem' },
              },
            },
          },
        },
      },
      ApplicationSourceItem: {
        description:
          "A source of an application. Parameters other than those that carry images aren't kept, since they may be secret.",
        type: 'object',
        required: ['repoUrl'],
        properties: {
          repoUrl: { type: 'string' },
          path: { type: 'string' },
          chart: { type: 'string' },
          targetRevision: { type: 'string' },
          ref: {
            description:
              'The name by which the values files of other sources refer to this one.',
            type: 'string',
          },
          type: {
            description:
              'As Argo CD detected it, such as `Helm` or `Directory`.',
            type: 'string',
          },
          valueFiles: { type: 'array', items: { type: 'string' } },
          helmParameters: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'value'],
              properties: {
                name: { type: 'string' },
                value: { type: 'string' },
              },
            },
          },
          kustomizeImages: { type: 'array', items: { type: 'string' } },
          revision: {
            description: 'The revision that the live state is compared with.',
            $ref: '#/components/schemas/ApplicationRevision',
          },
        },
      },
      ApplicationRevision: {
        description:
          'A revision of a source, with what is known of its commit.',
        type: 'object',
        required: ['repoUrl', 'revision'],
        properties: {
          repoUrl: { type: 'string' },
          chart: {
            description: 'Set if the revision is the version of a chart.',
            type: 'string',
          },
          revision: { type: 'string' },
          author: { type: 'string' },
          date: {
            description: 'When it was written; ISO 8601.',
            type: 'string',
          },
          message: { type: 'string' },
          link: {
            description: "The commit's page at its Git host.",
            type: 'string',
          },
        },
      },
      ApplicationHistoryItem: {
        type: 'object',
        required: ['id', 'deployedAt', 'revisions'],
        properties: {
          id: {
            description: "Argo CD's, as a rollback names it.",
            type: 'integer',
          },
          deployStartedAt: { type: 'string' },
          deployedAt: { type: 'string' },
          initiatedBy: { $ref: '#/components/schemas/Initiator' },
          revisions: {
            description: 'One for each source.',
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationRevision' },
          },
        },
      },
      ApplicationResources: {
        description:
          "`GET …/applications/{instance}/{applicationNamespace}/{applicationName}/resources`. Read from Argo CD on request; what couldn't be read is in `problems`.",
        type: 'object',
        required: ['total', 'nodes', 'rollouts', 'problems'],
        properties: {
          total: {
            description:
              'How many resources there are; `nodes` has at most the first 1000.',
            type: 'integer',
          },
          nodes: {
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationResourceNode' },
          },
          rollouts: {
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationRollout' },
          },
          syncResult: {
            description:
              "What the running or latest operation did with each resource; absent if there was none, or if it couldn't be read.",
            type: 'array',
            items: { $ref: '#/components/schemas/ApplicationSyncResult' },
          },
          parameters: {
            description:
              "Of each source, in their order, what the application passes to its tool; values that are or may be secret are hidden. Absent if they couldn't be read.",
            type: 'array',
            items: {
              type: 'array',
              items: {
                type: 'object',
                required: ['name', 'value'],
                properties: {
                  name: {
                    description: 'Such as `image.tag` or `commonLabels.team`.',
                    type: 'string',
                  },
                  value: { type: 'string' },
                },
              },
            },
          },
          problems: {
            type: 'array',
            items: {
              type: 'object',
              required: ['part', 'error'],
              properties: {
                part: { type: 'string', enum: ['nodes', 'sync', 'rollouts'] },
                error: { $ref: '#/components/schemas/InstanceError' },
              },
            },
          },
        },
      },
      ApplicationResourceNode: {
        type: 'object',
        required: ['id', 'parents', 'group', 'kind', 'name', 'images', 'info'],
        properties: {
          id: {
            description: 'Distinguishes it from the other nodes.',
            type: 'string',
          },
          parents: {
            description: 'Ids of its owners.',
            type: 'array',
            items: { type: 'string' },
          },
          group: { description: 'Empty for the core group.', type: 'string' },
          kind: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          health: {
            type: 'object',
            required: ['status'],
            properties: {
              status: { $ref: '#/components/schemas/Health' },
              message: { type: 'string' },
            },
          },
          syncStatus: {
            description:
              "In Argo CD's words, such as `OutOfSync`; absent for what others own.",
            type: 'string',
          },
          requiresPruning: {
            description: 'Git no longer has it.',
            type: 'boolean',
          },
          hook: { type: 'boolean' },
          images: { type: 'array', items: { type: 'string' } },
          info: {
            description: "Argo CD's short details.",
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'value'],
              properties: {
                name: { type: 'string' },
                value: { type: 'string' },
              },
            },
          },
          createdAt: { type: 'string' },
        },
      },
      ApplicationSyncResult: {
        type: 'object',
        required: ['group', 'kind', 'name'],
        properties: {
          group: { type: 'string' },
          kind: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          status: { type: 'string' },
          message: { type: 'string' },
          hookType: { type: 'string' },
          hookPhase: { type: 'string' },
        },
      },
      ApplicationRollout: {
        description: 'A Rollout of Argo Rollouts.',
        type: 'object',
        required: [
          'name',
          'strategy',
          'aborted',
          'pauses',
          'steps',
          'analyses',
        ],
        properties: {
          namespace: { type: 'string' },
          name: { type: 'string' },
          strategy: {
            type: 'string',
            enum: ['canary', 'blueGreen', 'unknown'],
          },
          phase: { type: 'string' },
          message: { type: 'string' },
          aborted: { type: 'boolean' },
          pauses: {
            type: 'array',
            items: {
              type: 'object',
              required: ['reason'],
              properties: {
                reason: { type: 'string' },
                startedAt: { type: 'string' },
              },
            },
          },
          steps: {
            type: 'array',
            items: {
              type: 'object',
              required: ['kind'],
              properties: {
                kind: { type: 'string' },
                weight: { type: 'number' },
                duration: { type: 'string' },
                templates: { type: 'array', items: { type: 'string' } },
              },
            },
          },
          currentStep: {
            description:
              'The step under way; the number of steps when all are done.',
            type: 'integer',
          },
          weight: {
            description: 'Percentage of traffic that the new version gets.',
            type: 'number',
          },
          analyses: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'kind', 'status'],
              properties: {
                name: { type: 'string' },
                kind: {
                  type: 'string',
                  enum: [
                    'step',
                    'background',
                    'pre-promotion',
                    'post-promotion',
                  ],
                },
                status: { type: 'string' },
                message: { type: 'string' },
              },
            },
          },
        },
      },
      ApplicationDiff: {
        description:
          '`GET …/applications/{instance}/{applicationNamespace}/{applicationName}/diff?group&kind&namespace&name`. The live state of a resource against what a sync would make of it, as lines of YAML with sorted keys. Values that are or may be secret are hidden.',
        type: 'object',
        required: ['hunks'],
        properties: {
          state: {
            description:
              '`missing`: the cluster lacks it; `extra`: Git no longer has it; `too-large`: it has too many lines to compare.',
            type: 'string',
            enum: ['same', 'different', 'missing', 'extra', 'too-large'],
          },
          hunks: {
            type: 'array',
            items: {
              type: 'object',
              required: ['liveStart', 'desiredStart', 'lines'],
              properties: {
                liveStart: {
                  description: 'Number of its first line in the live state.',
                  type: 'integer',
                },
                desiredStart: { type: 'integer' },
                lines: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['kind', 'text'],
                    properties: {
                      kind: {
                        type: 'string',
                        enum: ['context', 'live', 'desired'],
                      },
                      text: { type: 'string' },
                    },
                  },
                },
              },
            },
          },
          error: {
            description: "Why it couldn't be read; then there is no `state`.",
            $ref: '#/components/schemas/InstanceError',
          },
        },
      },
      ApplicationEvents: {
        description:
          '`GET …/applications/{instance}/{applicationNamespace}/{applicationName}/events?resource`',
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            description:
              'Kubernetes events of the Application or the resource, newest first; at most 200.',
            type: 'array',
            items: {
              type: 'object',
              required: ['type', 'reason', 'message', 'count'],
              properties: {
                type: { description: '`Normal` or `Warning`.', type: 'string' },
                reason: { type: 'string' },
                message: { type: 'string' },
                count: { type: 'integer' },
                firstAt: { type: 'string' },
                lastAt: { type: 'string' },
              },
            },
          },
          error: {
            description: "Why they couldn't be read.",
            $ref: '#/components/schemas/InstanceError',
          },
        },
      },
    },
  },
  paths: {
    '/v1/performance': {
      get: {
        operationId: 'getPerformance',
        'x-query-type': 'PerformanceRequest',
        description:
          'How often and how fast versions are deployed, how many fail, and how long it takes to restore: of one entity, or of all services of an owner or a system, or of all that the caller may see. At most 366 days.',
        parameters: [
          { $ref: '#/components/parameters/performanceEntity' },
          { $ref: '#/components/parameters/performanceOwner' },
          { $ref: '#/components/parameters/performanceSystem' },
          { $ref: '#/components/parameters/performanceEnvironment' },
          { $ref: '#/components/parameters/performanceFrom' },
          { $ref: '#/components/parameters/performanceTo' },
          { $ref: '#/components/parameters/performanceInterval' },
        ],
        responses: {
          '200': {
            description: 'The figures.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PerformanceResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/overview': {
      get: {
        operationId: 'getOverview',
        description:
          'Everything that a page shows of an entity at first, as of one moment. The other operations are for further pages and filters.',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'The overview.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OverviewResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/deployments': {
      get: {
        operationId: 'getDeployments',
        description:
          "The entity's applications, by environment; at most the first 200.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'The deployments.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DeploymentsResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/promotions': {
      get: {
        operationId: 'getPromotions',
        'x-query-type': 'PromotionsRequest',
        description:
          "The promotions into the entity's applications (at most the first 200 of these), newest first.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
          { $ref: '#/components/parameters/environment' },
          { $ref: '#/components/parameters/repository' },
          { $ref: '#/components/parameters/outcome' },
        ],
        responses: {
          '200': {
            description: 'One page.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PromotionsResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/images': {
      get: {
        operationId: 'getImages',
        'x-query-type': 'ImagesRequest',
        description:
          "The images in the repositories of the entity's applications (at most the first 200 of these), newest first, and what the Image Updater makes of them.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/imagesLimit' },
          { $ref: '#/components/parameters/cursor' },
          { $ref: '#/components/parameters/repository' },
        ],
        responses: {
          '200': {
            description: 'One page.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ImagesResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/would-update': {
      get: {
        operationId: 'getWouldUpdate',
        'x-query-type': 'WouldUpdateRequest',
        description:
          "What the Image Updater would do with the images of the entity's applications (at most the first 200 of these): which version it chooses, why none of the others, and which settings should be changed. The registry isn't asked; the versions are those of its last read.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/repository' },
          { $ref: '#/components/parameters/wouldUpdateTag' },
          { $ref: '#/components/parameters/fleetEnvironment' },
        ],
        responses: {
          '200': {
            description: 'For each application and image repository.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/WouldUpdateResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/versions': {
      get: {
        operationId: 'getVersions',
        'x-query-type': 'VersionsRequest',
        description:
          "The versions of one image repository that run in the entity's applications (at most the first 200 of these), are on their way into them, or were, newest first, with what each is in each environment.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/versionsLimit' },
          { $ref: '#/components/parameters/cursor' },
          { $ref: '#/components/parameters/versionsEnvironment' },
          { $ref: '#/components/parameters/repository' },
        ],
        responses: {
          '200': {
            description: 'One page.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/VersionsResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/image-users': {
      get: {
        operationId: 'getImageUsers',
        'x-query-type': 'ImageUsersRequest',
        description:
          'The applications of services that the caller may see which use an image repository, and which of its versions each runs.',
        parameters: [
          { $ref: '#/components/parameters/imageRepository' },
          { $ref: '#/components/parameters/imageTag' },
          { $ref: '#/components/parameters/imageDigest' },
          { $ref: '#/components/parameters/fleetEnvironment' },
          { $ref: '#/components/parameters/imageUsersLimit' },
        ],
        responses: {
          '200': {
            description: 'The applications.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ImageUsersResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/fleet': {
      get: {
        operationId: 'getFleet',
        'x-query-type': 'FleetRequest',
        description:
          'The services that the caller may see, with the state of their applications. A service is a catalog entity whose annotations reference applications.',
        parameters: [
          { $ref: '#/components/parameters/fleetLimit' },
          { $ref: '#/components/parameters/cursor' },
          { $ref: '#/components/parameters/fleetSearch' },
          { $ref: '#/components/parameters/fleetOwner' },
          { $ref: '#/components/parameters/fleetSystem' },
          { $ref: '#/components/parameters/fleetEnvironment' },
          { $ref: '#/components/parameters/fleetCluster' },
          { $ref: '#/components/parameters/fleetInstance' },
          { $ref: '#/components/parameters/fleetState' },
          { $ref: '#/components/parameters/fleetSort' },
        ],
        responses: {
          '200': {
            description: 'One page.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/FleetResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}':
      {
        get: {
          operationId: 'getApplication',
          description:
            "One of the entity's applications, as it is stored. Any other application is answered as if it didn't exist.",
          parameters: [
            { $ref: '#/components/parameters/kind' },
            { $ref: '#/components/parameters/namespace' },
            { $ref: '#/components/parameters/name' },
            { $ref: '#/components/parameters/argoCdInstance' },
            { $ref: '#/components/parameters/applicationNamespace' },
            { $ref: '#/components/parameters/applicationName' },
          ],
          responses: {
            '200': {
              description: 'The application.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/ApplicationDetails' },
                },
              },
            },
            '304': { $ref: '#/components/responses/NotModified' },
            '400': { $ref: '#/components/responses/BadRequest' },
            '401': { $ref: '#/components/responses/Unauthorized' },
            '403': { $ref: '#/components/responses/Forbidden' },
            '404': { $ref: '#/components/responses/NotFound' },
            '429': { $ref: '#/components/responses/TooManyRequests' },
            '503': { $ref: '#/components/responses/Unavailable' },
            default: { $ref: '#/components/responses/Error' },
          },
        },
      },
    '/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/resources':
      {
        get: {
          operationId: 'getApplicationResources',
          description:
            "The resources of one of the entity's applications, read from Argo CD on request.",
          parameters: [
            { $ref: '#/components/parameters/kind' },
            { $ref: '#/components/parameters/namespace' },
            { $ref: '#/components/parameters/name' },
            { $ref: '#/components/parameters/argoCdInstance' },
            { $ref: '#/components/parameters/applicationNamespace' },
            { $ref: '#/components/parameters/applicationName' },
          ],
          responses: {
            '200': {
              description: 'The resources.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/ApplicationResources' },
                },
              },
            },
            '304': { $ref: '#/components/responses/NotModified' },
            '400': { $ref: '#/components/responses/BadRequest' },
            '401': { $ref: '#/components/responses/Unauthorized' },
            '403': { $ref: '#/components/responses/Forbidden' },
            '404': { $ref: '#/components/responses/NotFound' },
            '429': { $ref: '#/components/responses/TooManyRequests' },
            '503': { $ref: '#/components/responses/Unavailable' },
            default: { $ref: '#/components/responses/Error' },
          },
        },
      },
    '/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/diff':
      {
        get: {
          operationId: 'getApplicationDiff',
          'x-query-type': 'ApplicationDiffRequest',
          description:
            "How a resource of one of the entity's applications differs from what a sync would make of it, read from Argo CD on request.",
          parameters: [
            { $ref: '#/components/parameters/kind' },
            { $ref: '#/components/parameters/namespace' },
            { $ref: '#/components/parameters/name' },
            { $ref: '#/components/parameters/argoCdInstance' },
            { $ref: '#/components/parameters/applicationNamespace' },
            { $ref: '#/components/parameters/applicationName' },
            { $ref: '#/components/parameters/resourceGroup' },
            { $ref: '#/components/parameters/resourceKind' },
            { $ref: '#/components/parameters/resourceNamespace' },
            { $ref: '#/components/parameters/resourceName' },
          ],
          responses: {
            '200': {
              description: 'The differences.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/ApplicationDiff' },
                },
              },
            },
            '304': { $ref: '#/components/responses/NotModified' },
            '400': { $ref: '#/components/responses/BadRequest' },
            '401': { $ref: '#/components/responses/Unauthorized' },
            '403': { $ref: '#/components/responses/Forbidden' },
            '404': { $ref: '#/components/responses/NotFound' },
            '429': { $ref: '#/components/responses/TooManyRequests' },
            '503': { $ref: '#/components/responses/Unavailable' },
            default: { $ref: '#/components/responses/Error' },
          },
        },
      },
    '/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/events':
      {
        get: {
          operationId: 'getApplicationEvents',
          'x-query-type': 'ApplicationEventsRequest',
          description:
            "The latest Kubernetes events of one of the entity's applications, or of one of its resources, read from Argo CD on request.",
          parameters: [
            { $ref: '#/components/parameters/kind' },
            { $ref: '#/components/parameters/namespace' },
            { $ref: '#/components/parameters/name' },
            { $ref: '#/components/parameters/argoCdInstance' },
            { $ref: '#/components/parameters/applicationNamespace' },
            { $ref: '#/components/parameters/applicationName' },
            { $ref: '#/components/parameters/eventsResource' },
          ],
          responses: {
            '200': {
              description: 'The events.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/ApplicationEvents' },
                },
              },
            },
            '304': { $ref: '#/components/responses/NotModified' },
            '400': { $ref: '#/components/responses/BadRequest' },
            '401': { $ref: '#/components/responses/Unauthorized' },
            '403': { $ref: '#/components/responses/Forbidden' },
            '404': { $ref: '#/components/responses/NotFound' },
            '429': { $ref: '#/components/responses/TooManyRequests' },
            '503': { $ref: '#/components/responses/Unavailable' },
            default: { $ref: '#/components/responses/Error' },
          },
        },
      },
    '/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/actions':
      {
        get: {
          operationId: 'getAvailableActions',
          description:
            "What the caller may do with one of the entity's applications now, and why not the rest.",
          parameters: [
            { $ref: '#/components/parameters/kind' },
            { $ref: '#/components/parameters/namespace' },
            { $ref: '#/components/parameters/name' },
            { $ref: '#/components/parameters/argoCdInstance' },
            { $ref: '#/components/parameters/applicationNamespace' },
            { $ref: '#/components/parameters/applicationName' },
          ],
          responses: {
            '200': {
              description: 'Every action.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/AvailableActions' },
                },
              },
            },
            '304': { $ref: '#/components/responses/NotModified' },
            '400': { $ref: '#/components/responses/BadRequest' },
            '401': { $ref: '#/components/responses/Unauthorized' },
            '403': { $ref: '#/components/responses/Forbidden' },
            '404': { $ref: '#/components/responses/NotFound' },
            '429': { $ref: '#/components/responses/TooManyRequests' },
            '503': { $ref: '#/components/responses/Unavailable' },
            default: { $ref: '#/components/responses/Error' },
          },
        },
        post: {
          operationId: 'startAction',
          description:
            "Does something with one of the entity's applications, which has to be provably its own. Once a record is written, the answer is that record, also if Argo CD refuses; its result comes with the entity's signals.",
          parameters: [
            { $ref: '#/components/parameters/kind' },
            { $ref: '#/components/parameters/namespace' },
            { $ref: '#/components/parameters/name' },
            { $ref: '#/components/parameters/argoCdInstance' },
            { $ref: '#/components/parameters/applicationNamespace' },
            { $ref: '#/components/parameters/applicationName' },
            { $ref: '#/components/parameters/idempotencyKey' },
          ],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ActionRequest' },
              },
            },
          },
          responses: {
            '200': {
              description: 'The record of the action.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/ActionRecord' },
                },
              },
            },
            '400': { $ref: '#/components/responses/BadRequest' },
            '401': { $ref: '#/components/responses/Unauthorized' },
            '403': { $ref: '#/components/responses/Forbidden' },
            '404': { $ref: '#/components/responses/NotFound' },
            '409': { $ref: '#/components/responses/Conflict' },
            '413': { $ref: '#/components/responses/PayloadTooLarge' },
            '415': { $ref: '#/components/responses/UnsupportedMediaType' },
            '429': { $ref: '#/components/responses/TooManyRequests' },
            '503': { $ref: '#/components/responses/Unavailable' },
            default: { $ref: '#/components/responses/Error' },
          },
        },
      },
    '/v1/entities/{kind}/{namespace}/{name}/actions': {
      get: {
        operationId: 'getActions',
        description:
          "The actions on the entity's applications, the latest first.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'A page of actions.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ActionsResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/entities/{kind}/{namespace}/{name}/actions/{actionId}/decision': {
      post: {
        operationId: 'decideAction',
        description:
          "Approves or rejects an action that waits for it. An approved action is carried out as it was asked for, if the application hasn't changed since.",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/actionId' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['approve'],
                additionalProperties: false,
                properties: {
                  approve: { type: 'boolean' },
                  reason: { type: 'string', maxLength: 500 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The record of the action.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ActionRecord' },
              },
            },
          },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '409': { $ref: '#/components/responses/Conflict' },
          '413': { $ref: '#/components/responses/PayloadTooLarge' },
          '415': { $ref: '#/components/responses/UnsupportedMediaType' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/version-changes/preview': {
      post: {
        operationId: 'previewVersionChange',
        description:
          'What a change of versions in Git would do: the files of each configuration repository, and what stands in the way of each item. Nothing is written.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/VersionChangeRequest' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The changes and the items, in their order.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/VersionChangePreview' },
              },
            },
          },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '409': { $ref: '#/components/responses/Conflict' },
          '413': { $ref: '#/components/responses/PayloadTooLarge' },
          '415': { $ref: '#/components/responses/UnsupportedMediaType' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/version-changes': {
      post: {
        operationId: 'startVersionChange',
        description:
          "Changes versions in Git: one commit, or one merge request, for each configuration repository and branch. Once records are written, the answer is those records, also if the Git host refuses; what becomes of them comes with the entity's signals.",
        parameters: [{ $ref: '#/components/parameters/idempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/VersionChangeRequest' },
            },
          },
        },
        responses: {
          '200': {
            description: 'One record for each item, in their order.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ActionRecord' },
                    },
                  },
                },
              },
            },
          },
          '400': { $ref: '#/components/responses/BadRequest' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '404': { $ref: '#/components/responses/NotFound' },
          '409': { $ref: '#/components/responses/Conflict' },
          '413': { $ref: '#/components/responses/PayloadTooLarge' },
          '415': { $ref: '#/components/responses/UnsupportedMediaType' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/instances': {
      get: {
        operationId: 'getInstances',
        description:
          'The state of the watch of each configured Argo CD instance.',
        responses: {
          '200': {
            description: 'The instances, in the order of configuration.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/InstancesResponse' },
              },
            },
          },
          '304': { $ref: '#/components/responses/NotModified' },
          '401': { $ref: '#/components/responses/Unauthorized' },
          '403': { $ref: '#/components/responses/Forbidden' },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/webhooks/argocd/{instance}': {
      post: {
        operationId: 'notify',
        description:
          'Takes a notification of argocd-notifications that an application changed; the application is then read from Argo CD. It takes no token of Backstage, but the secret of `delivery.events.argocd`: in the configured header, or as HMAC-SHA256 over the body. Whatever else the body holds is ignored.',
        security: [],
        parameters: [{ $ref: '#/components/parameters/instance' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['app', 'namespace'],
                properties: {
                  app: { type: 'string', maxLength: 253 },
                  namespace: { type: 'string', maxLength: 63 },
                },
              },
            },
          },
        },
        responses: {
          '202': {
            description: 'The application will be read.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['status'],
                  properties: {
                    status: { type: 'string', enum: ['accepted'] },
                  },
                },
              },
            },
          },
          '400': { $ref: '#/components/responses/BadRequest' },
          '403': {
            description:
              "There is no such instance, or the request doesn't carry its secret.",
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Error' },
              },
            },
          },
          '405': {
            description: 'Anything but POST.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Error' },
              },
            },
          },
          '413': {
            description: 'The body has more than 64 KiB.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Error' },
              },
            },
          },
          '429': { $ref: '#/components/responses/TooManyRequests' },
          '503': { $ref: '#/components/responses/Unavailable' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
} as const;
