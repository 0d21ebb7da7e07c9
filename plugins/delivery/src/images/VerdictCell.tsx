import { useTranslationRef } from '@backstage/frontend-plugin-api';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import RemoveIcon from '@material-ui/icons/Remove';
import UpdateIcon from '@material-ui/icons/Update';
import type {
  ImageApplication,
  ImageItem,
} from '@landfall/backstage-plugin-delivery-common';
import type { ComponentProps } from 'react';
import { StatusLabel } from '../components/status';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { applicationLabels, type ApplicationLabels } from './applicationLabels';
import { useImageStyles } from './styles';
import { verdictGroups, type VerdictGroup, type VerdictKind } from './verdicts';

const LOOKS: Record<
  VerdictKind,
  Pick<ComponentProps<typeof StatusLabel>, 'icon' | 'tone'>
> = {
  runs: { icon: CheckCircleIcon, tone: 'good' },
  next: { icon: UpdateIcon, tone: 'busy' },
  'same-tag': { icon: RemoveIcon, tone: 'neutral' },
  'not-enabled': { icon: BlockIcon, tone: 'warning' },
  'not-live': { icon: RemoveIcon, tone: 'neutral' },
  'passed-over': { icon: RemoveIcon, tone: 'neutral' },
};

/** The updater's verdicts on an image: a single one if all applications agree. @internal */
export function VerdictCell(props: {
  item: ImageItem;
  applications: ImageApplication[];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const groups = verdictGroups(props.item, props.applications);
  if (groups.length === 0) {
    return (
      <span className={classes.secondary}>{t('images.verdict.none')}</span>
    );
  }
  const labels = applicationLabels(props.applications);
  return (
    <>
      {groups.map(group => (
        <Group
          key={JSON.stringify([group.kind, group.reason])}
          group={group}
          others={groups.filter(other => other !== group)}
          labels={labels}
        />
      ))}
    </>
  );
}

function Group(props: {
  group: VerdictGroup;
  others: readonly VerdictGroup[];
  labels: ApplicationLabels;
}) {
  const { group, others, labels } = props;
  const { kind, applications } = group;
  const classes = useImageStyles();
  const word = useVerdictWord()(group);
  // An environment is enough unless its applications have different verdicts.
  const isShared = ({ environment }: ImageApplication) =>
    others.some(other =>
      other.applications.some(each => each.environment === environment),
    );
  const names = [
    ...new Set(
      applications.map(application =>
        isShared(application)
          ? labels.labelOf(application)
          : application.environment,
      ),
    ),
  ].join(', ');
  return (
    <div title={applications.map(labels.nameOf).join(', ')}>
      {names && <span className={classes.secondary}>{`${names}: `}</span>}
      <StatusLabel {...LOOKS[kind]} word={word} wrap />
    </div>
  );
}

function useVerdictWord(): (group: VerdictGroup) => string {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  return ({ kind, reason }) => {
    switch (kind) {
      case 'runs':
        return t('images.verdict.runs');
      case 'next':
        return t('images.verdict.next');
      case 'same-tag':
        return t('images.verdict.sameTag');
      case 'not-enabled':
        return t('images.verdict.notEnabled');
      case 'not-live':
        return t('images.verdict.notLive');
      default:
        return t('images.verdict.passedOver', {
          reason: reason ? format.message(reason) : '',
        });
    }
  };
}
