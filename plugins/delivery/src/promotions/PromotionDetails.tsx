import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  stagesFor,
  stuckMessage,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { authorName } from '../components/author';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { Code, Detail, DetailSection, DetailTime, Exact } from './DetailRows';
import { MergeRequestText, ProposalSection } from './MergeRequests';
import { outcomeMessage } from './outcome';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))',
      gap: theme.spacing(2, 4),
      padding: theme.spacing(1.5, 0, 0.5),
    },
    message: { margin: 0, whiteSpace: 'pre-wrap', fontFamily: 'inherit' },
  }),
  { name: 'LandfallPromotionDetails' },
);

/**
 * All details of a promotion, and their sources.
 *
 * @internal
 */
export function PromotionDetails({ promotion }: { promotion: PromotionItem }) {
  return (
    <div className={useStyles().root}>
      <StagesSection promotion={promotion} />
      <ProposalSection promotion={promotion} />
      <CommitSection promotion={promotion} />
      <SyncSection promotion={promotion} />
      <ImageSection promotion={promotion} />
    </div>
  );
}

function StagesSection({ promotion }: { promotion: PromotionItem }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const { outcome, outcomeAt, failure, stages, waiting } = promotion;
  const reason = promotion.reason && format.message(promotion.reason);
  return (
    <DetailSection title={t('promotion.stages.title')}>
      {stagesFor(promotion).map(name => {
        const time = stages[name];
        return (
          <Detail key={name} name={t(`promotion.stages.name.${name}`)}>
            {time && <DetailTime time={time} />}
          </Detail>
        );
      })}
      {/* The last stage already shows that it is live. */}
      {outcome && outcomeAt && outcome !== 'live' && (
        <Detail name={t(outcomeMessage(outcome))}>
          <DetailTime time={outcomeAt} />
        </Detail>
      )}
      <Detail name={t('promotion.details.reason')}>{reason}</Detail>
      {/* While a failure lasts, the pending reason is the same as the
          promotion's reason. */}
      {waiting && format.message(stuckMessage(waiting)) !== reason && (
        <Detail name={t('promotion.details.waiting')}>
          {format.stuckReason(waiting)}
          {waiting.since && (
            <div>
              <RelativeTime at={waiting.since} />
            </div>
          )}
        </Detail>
      )}
      {failure && outcome !== 'failed' && (
        <Detail name={t('promotion.details.failure')}>
          <DetailTime time={failure.at} />
          {failure.reason && <div>{format.message(failure.reason)}</div>}
        </Detail>
      )}
    </DetailSection>
  );
}

function CommitSection({ promotion }: { promotion: PromotionItem }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { commit, links } = promotion;
  if (!commit) {
    return null;
  }
  return (
    <DetailSection title={t('promotion.details.commit')}>
      <Detail name={t('promotion.details.revision')}>
        <Code text={commit.revision.slice(0, 10)} href={links.commit} />
        {!commit.exact && ` ${t('promotion.details.containsChange')}`}
      </Detail>
      <Detail name={t('promotion.details.request')}>
        {commit.request && <MergeRequestText request={commit.request} />}
      </Detail>
      <Detail name={t('promotion.details.author')}>
        {commit.author && (
          <span title={commit.author}>{authorName(commit.author)}</span>
        )}
      </Detail>
      <Detail name={t('promotion.details.committedAt')}>
        {commit.date && <Exact at={commit.date} />}
      </Detail>
      <Detail name={t('promotion.details.message')}>
        {commit.message && (
          <pre className={classes.message}>{commit.message.trim()}</pre>
        )}
      </Detail>
    </DetailSection>
  );
}

function SyncSection({ promotion }: { promotion: PromotionItem }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { sync, application, links } = promotion;
  const initiator = sync?.initiatedBy;
  return (
    <DetailSection title={t('promotion.details.sync')}>
      <Detail name={t('promotion.details.application')}>
        {application.name}
      </Detail>
      <Detail name={t('promotion.details.syncRevisions')}>
        {sync?.revisions.map((revision, index) => (
          <span key={`${index} ${revision}`}>
            {index > 0 && ', '}
            <span title={revision}>
              <Code text={revision.slice(0, 10)} />
            </span>
          </span>
        ))}
      </Detail>
      <Detail name={t('promotion.details.initiatedBy')}>
        {initiator?.automated
          ? t('promotion.details.automated')
          : initiator?.username}
      </Detail>
      <Detail name={t('promotion.details.startedAt')}>
        {sync?.startedAt && <Exact at={sync.startedAt} />}
      </Detail>
      <Detail name={t('promotion.details.finishedAt')}>
        {sync?.finishedAt && <Exact at={sync.finishedAt} />}
      </Detail>
      <Detail name={t('promotion.details.syncMessage')}>{sync?.message}</Detail>
      <Detail name="Argo CD">
        {links.argocd && (
          <Link to={links.argocd}>{t('promotion.details.openArgocd')}</Link>
        )}
      </Detail>
    </DetailSection>
  );
}

function ImageSection({ promotion }: { promotion: PromotionItem }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { repository, version, links } = promotion;
  return (
    <DetailSection title={t('promotion.details.image')}>
      <Detail name={t('promotion.details.repository')}>
        <Code text={repository} />
      </Detail>
      <Detail name={t('promotion.details.tag')}>
        {version.tag && <Code text={version.tag} />}
      </Detail>
      <Detail name={t('promotion.details.digest')}>
        {version.digest && <Code text={version.digest} />}
      </Detail>
      <Detail name={t('promotion.details.registry')}>
        {links.image && (
          <Link to={links.image}>{t('promotion.details.openImage')}</Link>
        )}
      </Detail>
    </DetailSection>
  );
}
