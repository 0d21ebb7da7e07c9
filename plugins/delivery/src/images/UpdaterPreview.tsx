import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  compilePolicy,
  parseContainerImage,
  selectVersion,
  VersionList,
  type ImagePolicy,
  type RegistryVersion,
} from '@landfall/backstage-plugin-delivery-common';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { deliveryTranslationRef } from '../translation';
import { AnnotationBlock } from './AnnotationBlock';
import { toDraft, toPolicy, type PolicyDraft } from './draft';
import { policyAnnotations } from './policyAnnotations';
import { PolicyForm } from './PolicyForm';
import { SelectionResult } from './SelectionResult';
import { VerdictList } from './VerdictList';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      // Without this, a wide table widens the form, too.
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
      minWidth: 0,
    },
    pending: { opacity: 0.7 },
    title: { marginBottom: theme.spacing(0.5) },
  }),
  { name: 'LandfallUpdaterPreview' },
);

/** @internal */
export interface UpdaterPreviewProps {
  /** All tags of the repository, newest first. */
  versions: readonly RegistryVersion[];
  /** The form's initial policy. */
  policy: ImagePolicy;
  /**
   * References of the image's versions that the application runs. Absent:
   * running versions are ignored.
   */
  running?: readonly string[];
  /**
   * Policies of the application's other images, which are in the same image
   * list.
   */
  others?: readonly ImagePolicy[];
  /** Where the updater runs; default `linux/amd64`. */
  updaterPlatform?: string;
}

/**
 * A policy to edit, and what the Image Updater would do with it: which tag it
 * selects, why it rejects each other tag, what is wrong with the settings, and
 * the policy's annotations. Everything is evaluated in the browser while
 * typing.
 *
 * @internal
 */
export function UpdaterPreview(props: UpdaterPreviewProps) {
  const { versions, policy, running, others, updaterPlatform } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const [edited, setEdited] = useState<PolicyDraft>();
  const original = useMemo(() => toDraft(policy), [policy]);
  const draft = edited ?? original;
  // Long lists take a moment to evaluate. Deferring keeps typing responsive.
  const evaluated = useDeferredValue(edited);

  const list = useMemo(() => VersionList.of(versions), [versions]);
  const { compiled, selection } = useMemo(() => {
    const read = compilePolicy(
      evaluated ? toPolicy(evaluated, policy) : policy,
      { updaterPlatform },
    );
    return { compiled: read, selection: selectVersion(read, list, running) };
  }, [evaluated, policy, list, running, updaterPlatform]);
  const annotations = useMemo(
    () =>
      policyAnnotations(
        toPolicy(evaluated ?? original, policy),
        policy,
        others,
      ),
    [evaluated, original, policy, others],
  );
  const runningTags = useMemo(
    () => running?.flatMap(text => parseContainerImage(text).tag?.name || []),
    [running],
  );
  const titleId = useId();
  return (
    <div className={classes.root}>
      <PolicyForm
        draft={draft}
        problems={compiled.problems}
        onChange={setEdited}
        onReset={edited && (() => setEdited(undefined))}
      />
      <section
        aria-labelledby={titleId}
        aria-busy={evaluated !== edited}
        className={evaluated === edited ? '' : classes.pending}
      >
        <Typography
          id={titleId}
          variant="subtitle1"
          component="h3"
          className={classes.title}
        >
          {t('images.updater.result')}
        </Typography>
        <SelectionResult selection={selection} problems={compiled.problems} />
      </section>
      <AnnotationBlock annotations={annotations} />
      <VerdictList
        versions={versions}
        verdicts={selection.verdicts}
        runningTags={runningTags}
      />
    </div>
  );
}
