// Generated from openapi.yaml by scripts/generate-openapi.mjs, do not edit.

/** @internal */
export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'delivery',
    version: '1',
    description:
      "What of a catalog entity is deployed where, whether it is well, and how every image version got there. Everything is answered from the plugin's own store.",
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
    contact: {},
  },
  servers: [{ url: '/' }],
  components: {
    parameters: {
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
    },
    responses: {
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
        description: 'There is no such entity, or the caller may not see it.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
      TooManyRequests: {
        description:
          "Backstage's rate limit (`backend.rateLimit`), where one is configured; try again later.",
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
      ApplicationRef: {
        type: 'object',
        required: ['instance', 'namespace', 'name'],
        properties: {
          instance: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
        },
      },
      ImageVersion: {
        type: 'object',
        properties: { tag: { type: 'string' }, digest: { type: 'string' } },
      },
      DeployedImage: {
        type: 'object',
        required: ['repository', 'running'],
        properties: {
          repository: { type: 'string' },
          running: {
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          desired: { $ref: '#/components/schemas/ImageVersion' },
        },
      },
      StageTime: {
        type: 'object',
        required: ['at', 'basis'],
        properties: {
          at: { type: 'string' },
          basis: { type: 'string', enum: ['reported', 'observed'] },
        },
      },
      Initiator: {
        type: 'object',
        required: ['automated'],
        properties: {
          username: { type: 'string' },
          automated: { type: 'boolean' },
        },
      },
      Promotion: {
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
        allOf: [
          { $ref: '#/components/schemas/Promotion' },
          {
            type: 'object',
            required: ['environment', 'links'],
            properties: {
              environment: { type: 'string' },
              waiting: { $ref: '#/components/schemas/StuckReason' },
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
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/PromotionItem' },
          },
          nextCursor: { type: 'string' },
        },
      },
      Health: {
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
          key: { type: 'string' },
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
                type: 'string',
                enum: ['Synced', 'OutOfSync', 'Unknown'],
              },
              revisions: { type: 'array', items: { type: 'string' } },
              outOfSync: { type: 'integer' },
            },
          },
          operation: {
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
          deployedAt: { type: 'string' },
          deployedBy: { type: 'string' },
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
          promotion: { $ref: '#/components/schemas/Promotion' },
          waiting: { $ref: '#/components/schemas/StuckReason' },
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
        type: 'object',
        required: ['name', 'state', 'since', 'applications'],
        properties: {
          name: { type: 'string' },
          state: {
            type: 'string',
            enum: ['connecting', 'live', 'unreachable'],
          },
          since: { type: 'string' },
          lastHeardAt: { type: 'string' },
          applications: { type: 'integer' },
          errorCode: {
            type: 'string',
            enum: [
              'unreachable',
              'unauthorized',
              'forbidden',
              'invalid-answer',
              'not-stored',
              'partly-unread',
              'list-unconfirmed',
              'unknown',
            ],
          },
          error: {
            type: 'string',
            description:
              'With addresses and names for callers with the permission `delivery.instances.read`; else a sentence without any.',
          },
        },
      },
      TruncatedApplications: {
        type: 'object',
        description:
          "The answer holds only the first of the entity's applications.",
        required: ['shown', 'total', 'advice'],
        properties: {
          shown: { type: 'integer' },
          total: { type: 'integer' },
          advice: { type: 'string' },
        },
      },
      Problem: {
        type: 'object',
        required: ['code', 'message', 'advice'],
        properties: {
          code: { type: 'string' },
          message: { type: 'string' },
          advice: { type: 'string', description: 'What to do.' },
          detail: {
            type: 'string',
            description:
              'Addresses, role ARNs or names, for callers with the permission `delivery.instances.read`.',
          },
        },
      },
      DeploymentsResponse: {
        type: 'object',
        required: ['environments', 'instances', 'problems', 'locator'],
        properties: {
          truncated: { $ref: '#/components/schemas/TruncatedApplications' },
          environments: {
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
            type: 'array',
            items: { $ref: '#/components/schemas/InstanceStatus' },
          },
          problems: {
            type: 'array',
            description:
              "What is wrong with the annotations, and what isn't shown; the rest is.",
            items: {
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
            type: 'object',
            required: ['annotations'],
            properties: {
              annotations: {
                type: 'object',
                additionalProperties: { type: 'string' },
              },
            },
          },
        },
      },
      ImageApplication: {
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
          key: { type: 'string' },
          application: { $ref: '#/components/schemas/ApplicationRef' },
          environment: { type: 'string' },
          repository: { type: 'string' },
          running: {
            type: 'array',
            items: { $ref: '#/components/schemas/ImageVersion' },
          },
          state: {
            type: 'string',
            enum: ['managed', 'unusable', 'not-enabled', 'unmanaged'],
          },
          updater: {
            type: 'object',
            required: ['namespace', 'name'],
            properties: {
              namespace: { type: 'string' },
              name: { type: 'string' },
            },
          },
          policy: {
            type: 'object',
            description:
              "The Image Updater's settings for the image, as `ImagePolicy` of the common library.",
          },
          next: {
            type: 'object',
            required: ['outcome', 'reason'],
            properties: {
              outcome: {
                type: 'string',
                enum: [
                  'update',
                  'up-to-date',
                  'chosen',
                  'not-live',
                  'none',
                  'unusable',
                ],
              },
              version: { $ref: '#/components/schemas/ImageVersion' },
              reason: { $ref: '#/components/schemas/Message' },
            },
          },
          problems: {
            type: 'array',
            items: {
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
      ImageItem: {
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
          pushedAt: { type: 'string' },
          seenAt: { type: 'string' },
          sizeInBytes: { type: 'integer' },
          mediaType: { type: 'string' },
          artifactMediaType: { type: 'string' },
          builds: {
            type: 'array',
            description:
              'When and for which platforms it was built, where a policy goes by it.',
            items: {
              type: 'object',
              properties: {
                platform: { type: 'string' },
                builtAt: { type: 'string' },
              },
            },
          },
          children: {
            type: 'array',
            items: {
              type: 'object',
              required: ['digest'],
              properties: {
                digest: { type: 'string' },
                platform: { type: 'string' },
              },
            },
          },
          childOf: { type: 'array', items: { type: 'string' } },
          lastPulledAt: { type: 'string' },
          scan: {
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
          runsIn: { type: 'array', items: { type: 'string' } },
          verdicts: {
            type: 'array',
            items: {
              type: 'object',
              required: ['key', 'accepted', 'isNext', 'code', 'reason'],
              properties: {
                key: { type: 'string' },
                accepted: { type: 'boolean' },
                isNext: { type: 'boolean' },
                code: { type: 'string' },
                reason: { $ref: '#/components/schemas/Message' },
              },
            },
          },
          links: { type: 'object', properties: { image: { type: 'string' } } },
        },
      },
      ImagesResponse: {
        type: 'object',
        required: ['repositories', 'problems', 'keys', 'applications', 'items'],
        properties: {
          repositories: {
            type: 'array',
            description:
              "The repositories of the entity's applications, and those that its annotations name.",
            items: { type: 'string' },
          },
          problems: {
            type: 'array',
            description:
              "What is wrong with the annotations that name repositories, and which repositories can't be read.",
            items: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                {
                  type: 'object',
                  properties: {
                    code: {
                      enum: [
                        'arn-malformed',
                        'tags-malformed',
                        'annotation-too-long',
                        'too-many',
                        'repository-not-allowed',
                        'nothing-tagged',
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
            type: 'array',
            items: { $ref: '#/components/schemas/ImageApplication' },
          },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ImageItem' },
          },
          updaterPlatform: { type: 'string' },
          nextCursor: { type: 'string' },
        },
      },
      InstancesResponse: {
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/InstanceStatus' },
          },
        },
      },
    },
  },
  paths: {
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
