import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';
import { NEXT_TAG } from './expectations';

/** Whether the next version is live by a commit that is for its application. */
export function isLiveByOwnCommit({
  application,
  outcome,
  version,
  commit,
}: PromotionItem): boolean {
  const [subject] = commit?.message?.split('\n') ?? [];
  return (
    outcome === 'live' &&
    version.tag === NEXT_TAG &&
    commit?.exact === true &&
    subject?.endsWith(` ${application.name}`) === true
  );
}
