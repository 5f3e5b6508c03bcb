package io.evenkeel.examples.demo;

final class DemoNodeCommand {}
