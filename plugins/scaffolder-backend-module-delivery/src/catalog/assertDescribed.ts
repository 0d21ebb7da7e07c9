import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { refOf } from './refOf';

const ownedSchema = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({ owner: z.string().min(1) }),
});

export interface DescribedOptions {
  reader: Pick<UrlReaderService, 'readUrl'>;
  /** The catalog file of a repository. */
  fileUrl: string;
  /** The entity that it must describe, normalized. */
  entityRef: string;
  /** The owner that it must give the entity, normalized; absent: any. */
  owner?: string;
  /** A user's own token, instead of the configured one. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * Checks that a repository, whose name alone proves nothing, is that of an entity:
 * its catalog file must describe the entity, with the owner.
 *
 * Rejects with a `ConflictError` that says what the file has instead, and with the
 * errors of the reader.
 */
export async function assertDescribed(
  options: DescribedOptions,
): Promise<void> {
  const { fileUrl, entityRef, owner } = options;
  const text = await read(options);
  const documents = parseAllDocuments(text ?? '').map(document =>
    document.errors.length > 0 ? undefined : document.toJS(),
  );
  const found = documents.find(document => refOf(document) === entityRef);
  if (!found) {
    const refs = documents.map(refOf).filter(ref => ref !== undefined);
    throw new ConflictError(
      `The repository exists already, and may be someone else's: ${fileUrl} ${
        text === undefined
          ? "doesn't exist"
          : `describes ${refs.join(', ') || 'no entity'}`
      }, not ${entityRef}. Choose another name, or have its owner describe the entity there.`,
    );
  }
  const actual = ownerOf(found);
  if (owner && actual !== owner) {
    throw new ConflictError(
      `The repository exists already, and is someone else's: by ${fileUrl}, ${entityRef} is owned by ${
        actual ?? 'nobody'
      }, not by ${owner}. Choose another name, or this owner.`,
    );
  }
}

async function read(options: DescribedOptions): Promise<string | undefined> {
  const { reader, fileUrl, token, signal } = options;
  try {
    const response = await reader.readUrl(fileUrl, { token, signal });
    return String(await response.buffer());
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

function ownerOf(entity: unknown): string | undefined {
  const { data } = ownedSchema.safeParse(entity);
  return (
    data &&
    stringifyEntityRef(
      parseEntityRef(data.spec.owner, {
        defaultKind: 'group',
        defaultNamespace: data.metadata.namespace ?? 'default',
      }),
    )
  );
}
