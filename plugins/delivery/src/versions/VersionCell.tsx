import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  VersionCell as Cell,
  VersionCellState,
} from '@landfall/backstage-plugin-delivery-common';
import { StatusLabel } from '../components/status';
import { formatExact, RelativeTime } from '../components/time';
import { deliveryTranslationRef, type Translate } from '../translation';
import { PromotionLink } from './PromotionLink';
import { STATE_LOOKS, STATE_MESSAGES } from './states';
import { useGridStyles } from './styles';

/**
 * What a version is in an environment: a line per state that it has in some of the
 * environment's applications.
 *
 * @internal
 */
export function VersionCell(props: {
  version: string;
  environment: string;
  /** How many applications of the environment use the image. */
  total: number;
  cell?: Cell;
}) {
  const { version, environment, total, cell } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  if (!cell) {
    return (
      <>
        <span className={classes.secondary} aria-hidden>
          –
        </span>
        <span className={classes.hidden}>{t('versions.never')}</span>
      </>
    );
  }
  return (
    <>
      {cell.states.map(state => (
        <State
          key={state.state}
          state={state}
          version={version}
          environment={environment}
          total={total}
        />
      ))}
    </>
  );
}

function State(props: {
  state: VersionCellState;
  version: string;
  environment: string;
  total: number;
}) {
  const { state, version, environment, total } = props;
  const { applications, promotion } = state;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  const name = STATE_MESSAGES[state.state];
  const label = (
    <StatusLabel
      {...STATE_LOOKS[state.state]}
      word={t(`versions.state.${name}`)}
      detail={t(`versions.explained.${name}`)}
    />
  );
  return (
    <div className={classes.state}>
      {promotion ? (
        <PromotionLink
          promotion={promotion}
          title={t('versions.showPromotion', { version, environment })}
        >
          {label}
        </PromotionLink>
      ) : (
        label
      )}
      <div className={classes.secondary} title={staysOf(state, t)}>
        <Times state={state} />
      </div>
      {(total > 1 || applications > 1) && (
        <div className={classes.secondary}>
          {t('versions.someApplications', {
            some: String(applications),
            total: String(Math.max(total, applications)),
          })}
        </div>
      )}
    </div>
  );
}

function Times({ state }: { state: VersionCellState }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { at, stage, stays } = state;
  const again =
    stays.length > 1
      ? ` · ${t('versions.times', { amount: String(stays.length) })}`
      : '';
  switch (state.state) {
    case 'running':
      return (
        <>
          {at && <RelativeTime at={at} prefix={t('time.since')} bare />}
          {again}
        </>
      );
    case 'on-its-way':
      return (
        <>
          {stage && t(`promotion.stages.name.${stage}`)}{' '}
          {at && <RelativeTime at={at} />}
        </>
      );
    case 'was-here': {
      const [{ from, to } = {}] = stays;
      return (
        <>
          {from && <RelativeTime at={from} />}
          {from && to && ' – '}
          {to && (
            <RelativeTime
              at={to}
              prefix={from ? undefined : t('versions.until')}
            />
          )}
          {again}
        </>
      );
    }
    default:
      return (
        <>
          {at && <RelativeTime at={at} />}
          {again}
        </>
      );
  }
}

/** All known times, a line each; for hovering. */
function staysOf(
  { stays }: VersionCellState,
  t: Translate,
): string | undefined {
  const lines = stays.map(({ from, to }) => {
    if (from && to) {
      return t('versions.stay', {
        from: formatExact(from),
        to: formatExact(to),
      });
    }
    return from
      ? t('versions.staySince', { from: formatExact(from) })
      : t('versions.stayUntil', { to: formatExact(to ?? '') });
  });
  return lines.join('\n') || undefined;
}
