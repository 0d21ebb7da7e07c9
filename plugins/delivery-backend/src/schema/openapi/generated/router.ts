// Generated from openapi.yaml by `yarn workspace @landfall/backstage-plugin-delivery-backend generate`; do not edit.

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
    },
  },
  paths: {
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
