import * as eks from 'aws-cdk-lib/aws-eks';
import type { ICluster } from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The role of the pods with a service account, by EKS Pod Identity. Auto Mode
 * brings the agent; a new association only takes effect for new pods.
 */
export class PodIdentity extends Construct {
  readonly role: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    {
      cluster,
      serviceAccount,
      description,
    }: {
      cluster: ICluster;
      serviceAccount: { namespace: string; name: string };
      description: string;
    },
  ) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      description,
      assumedBy: new iam.ServicePrincipal(
        'pods.eks.amazonaws.com',
      ).withSessionTags(),
    });
    new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName: cluster.clusterName,
      namespace: serviceAccount.namespace,
      serviceAccount: serviceAccount.name,
      roleArn: this.role.roleArn,
    });
  }

  /** Allows actions on resources, under a Sid that says what for. */
  allow(sid: string, actions: string[], resources: string[]): void {
    this.role.addToPolicy(new iam.PolicyStatement({ sid, actions, resources }));
  }
}
