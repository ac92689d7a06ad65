import { getServices } from '#server/services';

const handle = (request: Request) => getServices().auth.handler(request);

export { handle as GET, handle as POST };
