import type { ApplicationList } from '../types';
import { decodeApplication } from './application';
import { ItemSplitter } from './ItemSplitter';
import { applicationListSchema } from './schema';

/**
 * Decodes a list of applications one by one while it arrives. Ten thousand of
 * them as one text and one tree would fill the memory and block everything else
 * in the process. An empty list is `items: null`. Throws a `SyntaxError` if the
 * text isn't JSON, a `ZodError` if it isn't a list.
 */
export async function decodeApplicationList(
  instance: string,
  body: AsyncIterable<Uint8Array>,
): Promise<ApplicationList> {
  const list: ApplicationList = { applications: [], undecodable: [] };
  const splitter = new ItemSplitter();
  for await (const chunk of body) {
    for (const item of splitter.push(chunk)) {
      const decoded = decodeApplication(instance, JSON.parse(item));
      if (decoded.ok) {
        list.applications.push(decoded.application);
      } else {
        list.undecodable.push({ ref: decoded.ref, error: decoded.error });
      }
    }
  }
  applicationListSchema.parse(JSON.parse(splitter.end()));
  return list;
}
