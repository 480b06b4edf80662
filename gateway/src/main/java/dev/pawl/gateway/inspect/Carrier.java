package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Takes a request on, or gives the agent the answer that refuses it. */
interface Carrier {
    /** The head as it goes on; parts of the body may come from now on. */
    void forward(Head head);

    /** Parts of the body may come, but nothing goes on before {@link #forward}. */
    void gather();

    /** A part of the body, to be released. */
    void part(ByteBuf bytes);

    /** The end of the body. */
    void end(List<Header> trailers);

    /** A person was asked about it and said yes: it takes more again. */
    void pump();

    /** Nothing more goes on. What went before {@link #forward} was called is nothing; after it, the request breaks off. */
    void refuse(Problem problem);
}
