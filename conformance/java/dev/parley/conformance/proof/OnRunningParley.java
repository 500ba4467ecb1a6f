package dev.parley.conformance.proof;

import dev.parley.conformance.server.ParleyExtension;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class of an SDK: its methods may take the {@code Connection} of the shared server and a
 * {@link SeenBySdk}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ParleyExtension.class, ProofExtension.class})
public @interface OnRunningParley {}
