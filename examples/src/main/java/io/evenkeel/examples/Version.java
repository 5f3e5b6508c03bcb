package io.evenkeel.examples;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, with the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "evenkeel " + (version == null ? "(not packaged)" : version),
            "java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }
}
