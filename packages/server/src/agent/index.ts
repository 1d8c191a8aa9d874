export { describeAgent } from './describe-agent.ts';
export { judgeVisitor } from './judge-visitor.ts';
