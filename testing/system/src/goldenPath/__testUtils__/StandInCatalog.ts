import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  entitySchemaValidator,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Life } from './Life';

const ORIGIN = 'backstage.io/managed-by-origin-location';
const ownedSchema = z.object({
  spec: z.object({ owner: z.string(), system: z.string().optional() }),
});

/**
 * A catalog that reads a registered file at once, where the real one takes seconds.
 * Its entities get the relations that the real one derives from their owner and system.
 */
export class StandInCatalog {
  /** What is registered, in order. */
  readonly locations: string[] = [];
  private readonly entities = new Map<string, Entity>();

  constructor(private readonly life: Life, entities: Entity[]) {
    entities.forEach(entity => this.add(entity));
  }

  add(entity: Entity): void {
    this.entities.set(stringifyEntityRef(entity), entity);
  }

  get(entityRef: string): Entity | undefined {
    return this.entities.get(entityRef);
  }

  /** What is stored, as JSON. */
  get stored(): string {
    return JSON.stringify([this.locations, [...this.entities]]);
  }

  /** The service of the catalog for a backend that reads URLs with `reader`. */
  serviceFor(reader: UrlReaderService) {
    return catalogServiceMock.mock({
      getEntityByRef: async ref =>
        this.get(
          typeof ref === 'string'
            ? stringifyEntityRef(parseEntityRef(ref))
            : stringifyEntityRef(ref),
        ),
      addLocation: async ({ target }) =>
        this.life.write(`location ${target}`, async () => {
          const id = `url:${target}`;
          if (!this.locations.includes(id)) {
            this.locations.push(id);
          }
          this.add(await readEntity(reader, target));
          const location = { id, type: 'url', target };
          return { location: { ...location, entityRef: '' }, entities: [] };
        }),
    });
  }
}

async function readEntity(
  reader: UrlReaderService,
  target: string,
): Promise<Entity> {
  const response = await reader.readUrl(target);
  const file: unknown = parse(String(await response.buffer()));
  const { metadata, ...rest } = entitySchemaValidator()(file);
  const { owner, system } = ownedSchema.parse(rest).spec;
  return {
    ...rest,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [ORIGIN]: `url:${target}` },
    },
    relations: [
      { type: 'ownedBy', targetRef: owner },
      ...(system ? [{ type: 'partOf', targetRef: system }] : []),
    ],
  };
}
