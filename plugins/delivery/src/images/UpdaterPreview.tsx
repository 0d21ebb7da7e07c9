import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  compilePolicy,
  type ImagePolicy,
  needsMetadata,
  type RegistryVersion,
  selectVersion,
  VersionList,
} from '@landfall/backstage-plugin-delivery-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDeferredValue, useMemo, useState } from 'react';
import { deliveryTranslationRef } from '../translation';
import {
  annotationsOf,
  formOf,
  type PolicyForm,
  policyOf,
  STRATEGIES,
} from './policyForm';

/** So many are read by nobody, and would make the page slow. */
const SHOWN = 200;

const useStyles = makeStyles(
  theme => ({
    form: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
    },
    result: { margin: theme.spacing(2, 0) },
    stale: { opacity: 0.5 },
    problem: { color: theme.palette.error.main },
    list: {
      margin: 0,
      padding: 0,
      maxHeight: 280,
      overflow: 'auto',
      '& > li': {
        display: 'flex',
        gap: theme.spacing(2),
        padding: theme.spacing(0.5, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
    },
    tag: {
      minWidth: '12em',
      fontFamily: 'monospace',
      overflowWrap: 'anywhere',
    },
    reason: { color: theme.palette.text.secondary },
    heading: { marginTop: theme.spacing(2) },
    annotations: {
      overflow: 'auto',
      padding: theme.spacing(1),
      background: theme.palette.background.default,
    },
  }),
  { name: 'LandfallUpdaterPreview' },
);

/** @internal */
export interface UpdaterPreviewProps {
  /** What is typed in at first, and what isn't asked for. */
  policy: ImagePolicy;
  versions: readonly RegistryVersion[];
  /** Images that the application runs (`status.summary.images`), if there is one. */
  running?: readonly string[];
}

/**
 * A policy to be typed, and what the Image Updater would make of some versions
 * with it. Everything is decided here in the browser, by the rules that the
 * backend follows too.
 *
 * @internal
 */
export function UpdaterPreview({
  policy,
  versions,
  running,
}: UpdaterPreviewProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const [form, setForm] = useState<PolicyForm>(() => formOf(policy));
  const typed = useDeferredValue(form);
  const list = useMemo(() => VersionList.of(versions), [versions]);
  const { selection, problems, annotations } = useMemo(() => {
    const wanted = policyOf(policy, typed);
    const compiled = compilePolicy(wanted);
    return {
      selection: selectVersion(compiled, list, running),
      problems: compiled.problems,
      annotations: annotationsOf(wanted),
    };
  }, [policy, typed, list, running]);
  const others = selection.verdicts.filter(({ code }) => code !== 'chosen');

  const field = (name: keyof PolicyForm) => ({
    value: form[name],
    onChange: ({ target }: { target: { value: string } }) =>
      setForm(before => ({ ...before, [name]: target.value })),
    fullWidth: true,
  });
  return (
    <>
      <div className={classes.form}>
        <TextField
          id="updater-strategy"
          select
          label={t('images.preview.strategy')}
          {...field('strategy')}
        >
          {STRATEGIES.map(strategy => (
            <MenuItem key={strategy} value={strategy}>
              {strategy}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          id="updater-constraint"
          label={t(
            form.strategy === 'digest'
              ? 'images.preview.followedTag'
              : 'images.preview.constraint',
          )}
          helperText={t('images.preview.constraintHelp')}
          {...field('constraint')}
        />
        <TextField
          id="updater-allow-tags"
          label={t('images.preview.allowTags')}
          helperText={t('images.preview.allowTagsHelp')}
          {...field('allowTags')}
        />
        <TextField
          id="updater-ignore-tags"
          label={t('images.preview.ignoreTags')}
          helperText={t('images.preview.ignoreTagsHelp')}
          {...field('ignoreTags')}
        />
        {needsMetadata(form.strategy) && (
          <TextField
            id="updater-platforms"
            label={t('images.preview.platforms')}
            helperText={t('images.preview.platformsHelp')}
            {...field('platforms')}
          />
        )}
      </div>
      <div
        role="status"
        aria-label={t('images.preview.result')}
        className={`${classes.result} ${typed === form ? '' : classes.stale}`}
      >
        <Typography variant="subtitle1">
          {selection.chosen
            ? t('images.preview.chosen', { tag: selection.chosen.tag })
            : t('images.preview.none')}
        </Typography>
        <Typography variant="body2">{selection.reason}</Typography>
        {selection.doubts.map(doubt => (
          <Typography key={doubt} variant="body2">
            {doubt}
          </Typography>
        ))}
        {problems.map(({ code, message, advice }) => (
          <Typography key={code} variant="body2" className={classes.problem}>
            {message}. {advice}
          </Typography>
        ))}
      </div>
      <Typography variant="subtitle2" component="h3" id="updater-others">
        {t('images.preview.others')}
      </Typography>
      <ul className={classes.list} aria-labelledby="updater-others">
        {others.slice(0, SHOWN).map(({ tag, reason }, index) => (
          <li key={`${tag} ${index}`}>
            <span className={classes.tag}>{tag}</span>
            <span className={classes.reason}>{reason}</span>
          </li>
        ))}
        {others.length > SHOWN && (
          <li>
            {t('images.preview.hidden', {
              number: String(others.length - SHOWN),
            })}
          </li>
        )}
      </ul>
      <Typography
        variant="subtitle2"
        component="h3"
        className={classes.heading}
      >
        {t('images.preview.annotations')}
      </Typography>
      <pre className={classes.annotations}>
        {Object.entries(annotations)
          .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
          .join('\n')}
      </pre>
    </>
  );
}
