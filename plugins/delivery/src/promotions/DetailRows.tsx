import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { StageTime } from '@landfall/backstage-plugin-delivery-common';
import type { PropsWithChildren } from 'react';
import { formatExact } from '../components/time';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    title: {
      fontSize: theme.typography.overline.fontSize,
      lineHeight: 1.6,
      margin: 0,
      color: theme.palette.text.secondary,
    },
    list: {
      display: 'grid',
      // Long names wrap on a phone, so that the values keep most of the width.
      gridTemplateColumns: 'fit-content(38%) minmax(0, 1fr)',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      alignContent: 'start',
      fontSize: theme.typography.body2.fontSize,
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
    code: { fontFamily: 'monospace', fontSize: '0.9em' },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallDetailRows' },
);

/** A titled group of names and values. @internal */
export function DetailSection(props: PropsWithChildren<{ title: string }>) {
  const classes = useStyles();
  return (
    <section aria-label={props.title}>
      <h4 className={classes.title}>{props.title}</h4>
      <dl className={classes.list}>{props.children}</dl>
    </section>
  );
}

/** A name and its value; renders nothing without a value. @internal */
export function Detail(props: PropsWithChildren<{ name: string }>) {
  if (!props.children) {
    return null;
  }
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

/** The full time, and whether a source reported it. @internal */
export function DetailTime({ time }: { time: StageTime }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      <Exact at={time.at} />{' '}
      <span className={useStyles().secondary}>
        {t(
          time.basis === 'observed'
            ? 'promotion.stages.observed'
            : 'promotion.stages.reported',
        )}
      </span>
    </>
  );
}

/** @internal */
export function Exact({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {formatExact(at)}
    </time>
  );
}

/** A revision, digest or other machine-made name, as a link if there is a URL. @internal */
export function Code({ text, href }: { text: string; href?: string }) {
  const code = <code className={useStyles().code}>{text}</code>;
  return href ? <Link to={href}>{code}</Link> : code;
}
