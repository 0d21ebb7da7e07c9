import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type {
  ApplicationDetails,
  ApplicationResources,
  ApplicationSourceItem,
} from '@landfall/backstage-plugin-delivery-common';
import { Code, Detail, DetailSection } from '../../promotions/DetailRows';
import { deliveryTranslationRef } from '../../translation';
import { RevisionText } from '../RevisionText';

type SourceParameters = NonNullable<ApplicationResources['parameters']>[number];

/**
 * Where the manifests come from.
 *
 * @internal
 * @param props.parameters - of each source; undefined until Argo CD has answered
 */
export function SourceSections(props: {
  details: ApplicationDetails;
  parameters: readonly SourceParameters[] | undefined;
}) {
  const { details, parameters } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { sources, drySource } = details;
  return (
    <>
      {drySource && (
        <SourceSection
          title={t('application.source.dry')}
          source={drySource}
          parameters={parameters?.[0]}
        />
      )}
      {sources.map((source, index) => (
        <SourceSection
          key={index}
          title={
            sources.length === 1
              ? t('application.source.title')
              : t('application.source.numbered', { number: String(index + 1) })
          }
          source={source}
          // Of the hydrated branch, none are passed to a tool.
          parameters={drySource ? undefined : parameters?.[index]}
        />
      ))}
    </>
  );
}

function SourceSection(props: {
  title: string;
  source: ApplicationSourceItem;
  parameters: SourceParameters | undefined;
}) {
  const { title, source, parameters } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { helmParameters = [], kustomizeImages = [], valueFiles = [] } = source;
  return (
    <div>
      <DetailSection title={title}>
        <Detail name={t('application.source.repository')}>
          {source.repoUrl}
        </Detail>
        <Detail name={t('application.source.path')}>{source.path}</Detail>
        <Detail name={t('application.source.chart')}>{source.chart}</Detail>
        <Detail name={t('application.source.target')}>
          {source.targetRevision}
        </Detail>
        <Detail name={t('application.source.type')}>{source.type}</Detail>
        <Detail name={t('application.source.ref')}>{source.ref}</Detail>
        <Detail name={t('application.source.valueFiles')}>
          {valueFiles.join(', ')}
        </Detail>
        <Detail name={t('application.source.parameters')}>
          {helmParameters.length > 0 &&
            helmParameters.map(({ name, value }) => (
              <div key={name}>
                <Code text={`${name}=${value}`} />
              </div>
            ))}
        </Detail>
        <Detail name={t('application.source.images')}>
          {kustomizeImages.length > 0 &&
            kustomizeImages.map(image => (
              <div key={image}>
                <Code text={image} />
              </div>
            ))}
        </Detail>
        <Detail name={t('application.source.revision')}>
          {source.revision && <RevisionText revision={source.revision} />}
        </Detail>
      </DetailSection>
      {parameters && parameters.length > 0 && (
        <ParameterList title={title} parameters={parameters} />
      )}
    </div>
  );
}

function ParameterList(props: { title: string; parameters: SourceParameters }) {
  const { title, parameters } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <details>
      <summary>
        {t('application.source.allParameters', {
          total: String(parameters.length),
        })}
      </summary>
      <DetailSection title={t('application.source.parametersOf', { title })}>
        {parameters.map(({ name, value }, index) => (
          <Detail key={`${index} ${name}`} name={name}>
            <Code text={value} />
          </Detail>
        ))}
      </DetailSection>
      <Typography variant="caption" color="textSecondary">
        {t('application.source.hidden')}
      </Typography>
    </details>
  );
}
