// drive.mjs HOST:PORT: Alibaba Cloud's own client goes through what the adapter does with ACK, against the server there.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {end, step, until} from './steps.mjs';

const require = createRequire(import.meta.url);
const {default: Ack, ...models} = require('@alicloud/cs20151215');
const {$OpenApiUtil} = require('@alicloud/openapi-core');
const regionId = 'cn-hangzhou';
const client = new Ack(new $OpenApiUtil.Config({accessKeyId: 'id', accessKeySecret: 'secret', endpoint: process.argv[2], protocol: 'HTTP', regionId}));
const refusal = (code, promise) => assert.rejects(promise, {code});
const request = (name, fields) => new models[`${name}Request`](fields);
const create = (more = {}) => client.createCluster(request('CreateCluster', {name: 'prod', regionId, clusterType: 'ManagedKubernetes', clusterSpec: 'ack.pro.small', vpcid: 'vpc-1', vswitchIds: ['vsw-1'], ...more}));
let id;
let poolId;
const cluster = async () => (await client.describeClusterDetail(id)).body;
const pool = async () => (await client.describeClusterNodePools(id, request('DescribeClusterNodePools', {}))).body.nodepools.find(found => found.nodepoolInfo.nodepoolId === poolId);
const finished = task => until(async () => (await client.describeTaskInfo(task)).body, seen => seen.state !== 'running');

await step('versions', async () => {
  const {body} = await client.describeKubernetesVersionMetadata(request('DescribeKubernetesVersionMetadata', {region: regionId, clusterType: 'ManagedKubernetes'}));
  assert.deepEqual(body.map(version => version.version), ['1.33.1-aliyun.1', '1.34.1-aliyun.1', '1.32.7-aliyun.1']);
});
await step('a version that is not offered', () => refusal('InvalidKubernetesVersion', create({kubernetesVersion: '1.1'})));
await step('creation, running, found by its name', async () => {
  const {body} = await create({tags: [new models.Tag({key: 'team', value: 'blue'})]});
  id = body.clusterId;
  assert.equal((await cluster()).state, 'initial');
  assert.equal((await finished(body.taskId)).state, 'success');
  const seen = await cluster();
  assert.deepEqual([seen.state, seen.currentVersion, seen.tags[0].value], ['running', '1.33.1-aliyun.1', 'blue']);
  const listed = (await client.describeClustersV1(request('DescribeClustersV1', {name: 'prod', pageNumber: 1, pageSize: 10}))).body;
  assert.deepEqual([listed.clusters.map(found => found.clusterId), listed.pageInfo.totalCount], [[id], 1]);
});
await step('a temporary kubeconfig', async () => {
  const {body} = await client.describeClusterUserKubeconfig(id, request('DescribeClusterUserKubeconfig', {temporaryDurationMinutes: 60, privateIpAddress: false}));
  assert.match(body.config, /client-certificate-data/);
  assert(new Date(body.expiration) > new Date());
});
await step('pool made and running', async () => {
  const {body} = await client.createClusterNodePool(id, request('CreateClusterNodePool', {
    nodepoolInfo: new models.CreateClusterNodePoolRequestNodepoolInfo({name: 'main'}),
    scalingGroup: new models.CreateClusterNodePoolRequestScalingGroup({desiredSize: 2, instanceTypes: ['ecs.g7.large'], vswitchIds: ['vsw-1'], systemDiskCategory: 'cloud_essd', systemDiskSize: 120}),
  }));
  poolId = body.nodepoolId;
  assert.equal((await finished(body.taskId)).state, 'success');
  const seen = await until(pool, found => found.status.state === 'active');
  assert.deepEqual([seen.nodepoolInfo.name, seen.scalingGroup.desiredSize, seen.scalingGroup.instanceTypes], ['main', 2, ['ecs.g7.large']]);
});
await step('pool resized, busy meanwhile', async () => {
  const change = size => client.modifyClusterNodePool(id, poolId, request('ModifyClusterNodePool', {
    autoScaling: new models.ModifyClusterNodePoolRequestAutoScaling({enable: false}),
    kubernetesConfig: new models.ModifyClusterNodePoolRequestKubernetesConfig({labels: [new models.Tag({key: 'pool', value: 'main'})]}),
    scalingGroup: new models.ModifyClusterNodePoolRequestScalingGroup({desiredSize: size}),
  }));
  const {body} = await change(3);
  await refusal('ErrorNodePoolState', change(4));
  assert.equal((await finished(body.taskId)).state, 'success');
  const seen = await pool();
  assert.deepEqual([seen.scalingGroup.desiredSize, seen.kubernetesConfig.labels[0].key], [3, 'pool']);
});
await step('cluster upgraded', async () => {
  const {body} = await client.upgradeCluster(id, request('UpgradeCluster', {nextVersion: '1.34.1-aliyun.1', masterOnly: true}));
  assert.equal((await finished(body.taskId)).state, 'success');
  assert.equal((await cluster()).currentVersion, '1.34.1-aliyun.1');
});
await step('pool deleted, then the cluster', async () => {
  await client.deleteClusterNodepool(id, poolId, request('DeleteClusterNodepool', {force: true}));
  await until(pool, seen => seen === undefined);
  await client.deleteCluster(id, request('DeleteCluster', {}));
  await until(() => cluster().catch(error => error), seen => seen.code === 'ErrorClusterNotFound');
});
end();
