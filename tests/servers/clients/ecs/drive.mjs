// drive.mjs ECS VPC: takes the official clients of ECS and VPC through what the emulator must get right.
// Both arguments are host:port. Keys come from the environment (ECS_ID, ECS_SECRET; ECS_STS_ID, ECS_STS_SECRET, ECS_STS_TOKEN). One line per step; exit 1 at the first that is wrong.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { until } from './steps.mjs';

const require = createRequire(import.meta.url);
const { default: Ecs, ...ecsModels } = require('@alicloud/ecs20140526');
const { default: Vpc, ...vpcModels } = require('@alicloud/vpc20160428');
const { $OpenApiUtil } = require('@alicloud/openapi-core');

const [ecsEndpoint, vpcEndpoint] = process.argv.slice(2);
const keys = { accessKeyId: process.env.ECS_ID, accessKeySecret: process.env.ECS_SECRET };
const config = (endpoint, more = {}) => new $OpenApiUtil.Config({ ...keys, ...more, endpoint, protocol: 'HTTP', regionId: region });
const region = 'cn-hangzhou';
const zone = 'cn-hangzhou-h';
const ecs = new Ecs(config(ecsEndpoint));
const vpc = new Vpc(config(vpcEndpoint));
const call = (client, models, name, fields) => client[name](new models[`${name[0].toUpperCase()}${name.slice(1)}Request`](fields)).then(reply => reply.body);
const onEcs = (name, fields) => call(ecs, ecsModels, name, fields);
const onVpc = (name, fields) => call(vpc, vpcModels, name, fields);
const refusal = (code, promise) => assert.rejects(promise, { code });
const instance = id => onEcs('describeInstances', { regionId: region, instanceIds: JSON.stringify([id]) }).then(reply => reply.instances.instance[0]);
const inState = (id, state) => until(() => instance(id), seen => seen?.status === state);
const made = {};

const steps = {
  'makes a network and a subnet': async () => {
    made.vpc = (await onVpc('createVpc', { regionId: region, vpcName: 'official', cidrBlock: '10.1.0.0/16' })).vpcId;
    await until(() => onVpc('describeVpcs', { regionId: region, vpcId: made.vpc }), reply => reply.vpcs.vpc[0].status === 'Available');
    made.subnet = (await onVpc('createVSwitch', { regionId: region, vpcId: made.vpc, zoneId: zone, cidrBlock: '10.1.0.0/20' })).vSwitchId;
    await until(() => onVpc('describeVSwitches', { regionId: region, vSwitchId: made.subnet }), reply => reply.vSwitches.vSwitch[0].status === 'Available');
    await refusal('InvalidCidrBlock.Overlapped', onVpc('createVSwitch', { regionId: region, vpcId: made.vpc, zoneId: zone, cidrBlock: '10.1.0.0/24' }));
  },
  'makes a security group with a rule': async () => {
    made.group = (await onEcs('createSecurityGroup', { regionId: region, vpcId: made.vpc, securityGroupName: 'official' })).securityGroupId;
    const permission = new ecsModels.AuthorizeSecurityGroupRequestPermissions({ ipProtocol: 'TCP', portRange: '22/22', sourceCidrIp: '203.0.113.0/24', policy: 'accept' });
    await onEcs('authorizeSecurityGroup', { regionId: region, securityGroupId: made.group, permissions: [permission] });
    const { permissions } = await onEcs('describeSecurityGroupAttribute', { regionId: region, securityGroupId: made.group });
    assert.deepEqual(permissions.permission.map(rule => [rule.ipProtocol, rule.portRange, rule.sourceCidrIp]), [['TCP', '22/22', '203.0.113.0/24']]);
  },
  'imports a key pair once': async () => {
    const key = { regionId: region, keyPairName: 'official', publicKeyBody: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me' };
    await onEcs('importKeyPair', key);
    await refusal('KeyPair.AlreadyExist', onEcs('importKeyPair', key));
    assert.equal((await onEcs('describeKeyPairs', { regionId: region })).totalCount, 1);
  },
  'finds types, stock, prices and images': async () => {
    const types = await onEcs('describeInstanceTypes', { minimumCpuCoreCount: 4, maximumCpuCoreCount: 4, minimumMemorySize: 16, cpuArchitecture: 'X86' });
    assert.deepEqual(types.instanceTypes.instanceType.map(type => type.instanceTypeId), ['ecs.g7.xlarge']);
    const stock = await onEcs('describeAvailableResource', { regionId: region, destinationResource: 'InstanceType', instanceType: 'ecs.g7.xlarge' });
    assert.equal(stock.availableZones.availableZone.length, 3);
    const price = await onEcs('describePrice', { regionId: region, resourceType: 'instance', instanceType: 'ecs.g7.xlarge', priceUnit: 'Hour' });
    assert.equal(price.priceInfo.price.currency, 'USD');
    const images = await onEcs('describeImages', { regionId: region, imageFamily: 'acs:ubuntu_24_04_x64' });
    made.image = images.images.image[0].imageId;
  },
  'launches two once and reads every page': async () => {
    const spec = {
      regionId: region, imageId: made.image, instanceType: 'ecs.g7.large', vSwitchId: made.subnet, securityGroupId: made.group, keyPairName: 'official', amount: 2, minAmount: 2,
      instanceName: 'official-[1,2]', internetMaxBandwidthOut: 5, clientToken: 'official-1', tag: [new ecsModels.RunInstancesRequestTag({ key: 'k', value: 'a b+c' })],
      systemDisk: new ecsModels.RunInstancesRequestSystemDisk({ category: 'cloud_essd', size: '40' }),
    };
    const first = await onEcs('runInstances', spec);
    made.instances = first.instanceIdSets.instanceIdSet;
    assert.deepEqual((await onEcs('runInstances', spec)).instanceIdSets.instanceIdSet, made.instances);
    await refusal('IdempotentParameterMismatch', onEcs('runInstances', { ...spec, amount: 1, minAmount: 1 }));
    const listed = [];
    let nextToken;
    do {
      const page = await onEcs('describeInstances', { regionId: region, maxResults: 1, nextToken, tag: [new ecsModels.DescribeInstancesRequestTag({ key: 'k', value: 'a b+c' })] });
      listed.push(...page.instances.instance.map(item => item.instanceName));
      nextToken = page.nextToken;
    } while (nextToken);
    assert.deepEqual(listed, ['official-01', 'official-02']);
    for (const id of made.instances) await inState(id, 'Running');
  },
  'stops, starts and reboots': async () => {
    const [id] = made.instances;
    await refusal('IncorrectInstanceStatus', onEcs('startInstance', { instanceId: id }));
    await onEcs('stopInstance', { instanceId: id, stoppedMode: 'StopCharging' });
    assert.equal((await inState(id, 'Stopped')).stoppedMode, 'StopCharging');
    await onEcs('startInstance', { instanceId: id });
    await inState(id, 'Running');
    await onEcs('rebootInstance', { instanceId: id });
    await inState(id, 'Running');
    await onEcs('getInstanceConsoleOutput', { regionId: region, instanceId: id });
  },
  'makes, attaches, snapshots and deletes a disk': async () => {
    const disk = (await onEcs('createDisk', { regionId: region, zoneId: zone, size: 20, diskCategory: 'cloud_essd', diskName: 'official' })).diskId;
    const inDisk = state => until(() => onEcs('describeDisks', { regionId: region, diskIds: JSON.stringify([disk]) }), reply => reply.disks.disk[0].status === state);
    await inDisk('Available');
    await onEcs('attachDisk', { diskId: disk, instanceId: made.instances[0] });
    await inDisk('In_use');
    await refusal('IncorrectDiskStatus', onEcs('deleteDisk', { diskId: disk }));
    const snapshot = (await onEcs('createSnapshot', { diskId: disk, snapshotName: 'official' })).snapshotId;
    await until(() => onEcs('describeSnapshots', { regionId: region, snapshotIds: JSON.stringify([snapshot]) }), reply => reply.snapshots.snapshot[0].status === 'accomplished');
    await onEcs('deleteSnapshot', { snapshotId: snapshot });
    await onEcs('detachDisk', { diskId: disk, instanceId: made.instances[0] });
    await inDisk('Available');
    await onEcs('deleteDisk', { diskId: disk });
  },
  'reserves, leads and releases an address': async () => {
    const { allocationId, eipAddress } = await onVpc('allocateEipAddress', { regionId: region, bandwidth: '5', internetChargeType: 'PayByTraffic' });
    const inEip = state => until(() => onVpc('describeEipAddresses', { regionId: region, allocationId }), reply => reply.eipAddresses.eipAddress[0].status === state);
    await onVpc('associateEipAddress', { regionId: region, allocationId, instanceId: made.instances[0], instanceType: 'EcsInstance' });
    await inEip('InUse');
    assert.equal((await instance(made.instances[0])).eipAddress.ipAddress, eipAddress);
    await onVpc('unassociateEipAddress', { regionId: region, allocationId, instanceId: made.instances[0], instanceType: 'EcsInstance' });
    await inEip('Available');
    await onVpc('releaseEipAddress', { regionId: region, allocationId });
  },
  'deletes everything, which vanishes': async () => {
    await refusal('DependencyViolation', onEcs('deleteSecurityGroup', { regionId: region, securityGroupId: made.group }));
    for (const id of made.instances) {
      await onEcs('deleteInstance', { instanceId: id, force: true });
      await until(() => instance(id), seen => seen === undefined);
      await refusal('InvalidInstanceId.NotFound', onEcs('deleteInstance', { instanceId: id }));
    }
    await onEcs('deleteSecurityGroup', { regionId: region, securityGroupId: made.group });
    await onVpc('deleteVSwitch', { regionId: region, vSwitchId: made.subnet });
    await until(() => onVpc('describeVSwitches', { regionId: region, vSwitchId: made.subnet }), reply => reply.vSwitches.vSwitch.length === 0);
    await onVpc('deleteVpc', { regionId: region, vpcId: made.vpc });
    await onEcs('deleteKeyPairs', { regionId: region, keyPairNames: JSON.stringify(['official']) });
  },
  'is refused with a wrong secret, and let in with a token': async () => {
    const wrong = new Ecs(config(ecsEndpoint, { accessKeySecret: 'wrong' }));
    await refusal('SignatureDoesNotMatch', call(wrong, ecsModels, 'describeInstances', { regionId: region }));
    const temporary = new Ecs(config(ecsEndpoint, { accessKeyId: process.env.ECS_STS_ID, accessKeySecret: process.env.ECS_STS_SECRET, securityToken: process.env.ECS_STS_TOKEN }));
    assert.equal((await call(temporary, ecsModels, 'describeInstances', { regionId: region })).totalCount, 0);
  },
};

for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`ok ${name}`);
  } catch (error) {
    console.error(`not ok ${name}: ${error.stack}`);
    process.exit(1);
  }
}
