import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MergeRequest,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { formatExact } from '../components/time';
import { deliveryTranslationRef } from '../translation';
import { Code, Detail, DetailSection } from './DetailRows';

/** The number of a merge request, as a link to its page. @internal */
export function MergeRequestLink({ request }: { request: MergeRequest }) {
  const { url, number, title } = request;
  return (
    <Link to={url} title={title}>
      #{number}
    </Link>
  );
}

/** A merge request with its title, state and author. @internal */
export function MergeRequestText({ request }: { request: MergeRequest }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { title, author } = request;
  const notes = [
    useStateText(request),
    ...(author ? [t('promotion.details.requestBy', { name: author })] : []),
  ];
  return (
    <>
      <MergeRequestLink request={request} />
      {` ${title} (${notes.join(', ')})`}
    </>
  );
}

function useStateText({ state, mergedAt }: MergeRequest): string {
  const { t } = useTranslationRef(deliveryTranslationRef);
  switch (state) {
    case 'open':
      return t('promotion.details.requestOpen');
    case 'closed':
      return t('promotion.details.requestClosed');
    default:
      return mergedAt
        ? t('promotion.details.requestMergedAt', { at: formatExact(mergedAt) })
        : t('promotion.details.requestMerged');
  }
}

/** The branch that somebody must merge, while the commit isn't merged. @internal */
export function ProposalSection({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { proposal, commit } = promotion;
  if (!proposal) {
    return null;
  }
  const { branch, base, request, revision } = proposal;
  return (
    <DetailSection title={t('promotion.details.proposal')}>
      <Detail name={t('promotion.details.branch')}>
        {t('promotion.details.branchInto', { branch, base })}
      </Detail>
      <Detail name={t('promotion.details.revision')}>
        <Code text={revision.slice(0, 10)} />
      </Detail>
      {/* The commit has it too once it is merged. */}
      {!commit?.request && (
        <Detail name={t('promotion.details.request')}>
          {request ? (
            <MergeRequestText request={request} />
          ) : (
            t('promotion.details.noRequest')
          )}
        </Detail>
      )}
    </DetailSection>
  );
}
