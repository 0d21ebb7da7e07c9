import type { DeliveryApi } from '@landfall/backstage-plugin-delivery-common';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { ApiDescription } from './apiDescription';
import { callFixtures } from './callFixtures';

const FIXTURES = resolve(
  __dirname,
  '../../../../plugins/delivery/dev/fixtures',
);

/** A component of the plugin's dev app: its entity in the catalog. */
interface Scenario {
  name: string;
}

interface FixtureModules {
  api: DeliveryApi;
  scenarios: Scenario[];
  entityOf(scenario: Scenario): object;
  /** Answers of parts of the API, by name. */
  states: Record<string, Partial<DeliveryApi>>;
}

/** What never comes: the page stays at loading. */
export const NEVER = new Promise<never>(() => {});

/**
 * Answers the frontend's requests in place of a backend: those for deliveries and for
 * the scenarios' entities with the fixtures of the plugin's dev app. The frontend is
 * the one that users get; only what the network brings is replaced. Each answer is first checked against the
 * API's description, so that no test shows what the backend can't send.
 */
export class Fixtures {
  static async install(page: Page): Promise<Fixtures> {
    const fixtures = new Fixtures(loadModules(), ApiDescription.load());
    // Of the page itself, requests are intercepted for one test only.
    const context = page.context();
    // The last that matches counts.
    await context.route('**/api/**', answerOthers);
    await context.route('**/api/auth/guest/refresh*', answerGuest);
    await context.route('**/api/delivery/v1/**', route =>
      fixtures.answer(route),
    );
    await context.route(
      '**/api/catalog/entities/by-name/component/default/*',
      route => fixtures.answerEntity(route),
    );
    return fixtures;
  }

  /** Answers that didn't match the description, which a page may hide. */
  readonly problems: string[] = [];
  #answers: Partial<DeliveryApi> = {};
  readonly #held = new Map<string, Promise<void>>();

  private constructor(
    private readonly modules: FixtureModules,
    private readonly description: ApiDescription,
  ) {}

  /**
   * What the next requests get, where it isn't what the scenario has.
   *
   * @param answers - or the name of some that the dev app has
   */
  use(answers: Partial<DeliveryApi> | string): void {
    if (typeof answers !== 'string') {
      this.#answers = answers;
      return;
    }
    const known = this.modules.states[answers];
    if (!known) {
      throw new Error(`The dev app has no state ${answers}`);
    }
    this.#answers = known;
  }

  /** Lets the next requests about any component get what a scenario's has. */
  useScenario(name: string): void {
    const { api } = this.modules;
    this.#answers = {
      getOverview: entity => api.getOverview({ ...entity, name }),
    };
  }

  /**
   * Delays the answers to an operation until the result is called, which waits until
   * the page has received the one that it has asked for.
   */
  hold(page: Page, operation: string): () => Promise<void> {
    let release = () => {};
    const held = new Promise<void>(done => {
      release = done;
    });
    this.#held.set(operation, held);
    const answered = page.waitForResponse(response => {
      const url = new URL(response.url());
      return (
        isDelivery(url) &&
        this.description.operationAt(pathOf(url)).id === operation
      );
    });
    return async () => {
      this.#held.delete(operation);
      release();
      await (await answered).finished();
    };
  }

  private async answer(route: Route): Promise<void> {
    const url = new URL(route.request().url());
    const api: DeliveryApi = { ...this.modules.api, ...this.#answers };
    try {
      const operation = this.description.operationAt(pathOf(url));
      await this.#held.get(operation.id);
      const answer = await callFixtures(api, operation, url.searchParams);
      // As the page gets it.
      const body = JSON.stringify(answer);
      this.problems.push(...this.description.problemsOf(operation, body));
      await route.fulfill({ body, contentType: 'application/json' });
    } catch (error) {
      await route.fulfill({
        status: 503,
        json: {
          error: { name: 'ServiceUnavailableError', message: String(error) },
          response: { statusCode: 503 },
        },
      });
    }
  }

  private async answerEntity(route: Route): Promise<void> {
    const name = route.request().url().split('/').at(-1);
    const scenario = this.modules.scenarios.find(each => each.name === name);
    await (scenario
      ? route.fulfill({ json: this.modules.entityOf(scenario) })
      : route.fulfill({ status: 404, json: {} }));
  }
}

function isDelivery({ pathname }: URL): boolean {
  return pathname.includes('/api/delivery/v1/');
}

/** What the API's description calls a path. */
function pathOf({ pathname }: URL): string {
  return pathname.replace(/^.*\/api\/delivery/, '');
}

/** A session of the guest that lasts longer than any test. */
async function answerGuest(route: Route): Promise<void> {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const payload = Buffer.from(JSON.stringify({ exp: expires }));
  await route.fulfill({
    json: {
      providerInfo: {},
      profile: {},
      backstageIdentity: {
        token: `e30.${payload.toString('base64url')}.e30`,
        identity: {
          type: 'user',
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: [],
        },
      },
    },
  });
}

/** The catalog has no other entities, and other plugins have nothing. */
async function answerOthers(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  await route.fulfill(
    pathname.startsWith('/api/catalog/')
      ? { json: { items: [], totalItems: 0, pageInfo: {}, facets: {} } }
      : { status: 404, json: {} },
  );
}

/**
 * Loads the fixtures by their path: the plugin doesn't publish them, so no package
 * can import them.
 */
function loadModules(): FixtureModules {
  const load = createRequire(__filename);
  const loaded: unknown = {
    api: load(join(FIXTURES, 'deliveryApi')).fixtureDeliveryApi,
    scenarios: load(join(FIXTURES, 'scenarios')).SCENARIOS,
    entityOf: load(join(FIXTURES, 'scenario')).entityOf,
    states: load(join(FIXTURES, 'partStates')).PART_STATES,
  };
  if (!isFixtures(loaded)) {
    throw new Error(`${FIXTURES} no longer has what the browser tests need`);
  }
  return loaded;
}

function isFixtures(loaded: unknown): loaded is FixtureModules {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    Object.values(loaded).every(value => value !== undefined)
  );
}
