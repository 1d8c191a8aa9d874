export { type Agent, describeAgent } from './describe-agent.ts';
export { type Judged, judgeVisitor } from './judge-visitor.ts';
