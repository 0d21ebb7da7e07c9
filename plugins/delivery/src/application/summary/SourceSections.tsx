import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type {
  ApplicationDetails,
  ApplicationSourceItem,
} from '@landfall/backstage-plugin-delivery-common';
import { Code, Detail, DetailSection } from '../../promotions/DetailRows';
import { deliveryTranslationRef } from '../../translation';
import { RevisionText } from '../RevisionText';

/** Where the manifests come from. @internal */
export function SourceSections({ details }: { details: ApplicationDetails }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { sources, drySource } = details;
  return (
    <>
      {drySource && (
        <SourceSection title={t('application.source.dry')} source={drySource} />
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
        />
      ))}
    </>
  );
}

function SourceSection(props: {
  title: string;
  source: ApplicationSourceItem;
}) {
  const { title, source } = props;
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
      {source.helmParameters && (
        <Typography variant="caption" color="textSecondary">
          {t('application.source.others')}
        </Typography>
      )}
    </div>
  );
}
